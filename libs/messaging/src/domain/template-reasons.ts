import {
  AT_RETRY_AT,
  type GateReason,
  NOT_BY_WAITING,
  SENDER,
  SENDER_LATER,
  WAITING,
} from './reason-wording.ts';

/** Reasons that templates and their pacing give. */
export const TEMPLATE_REASONS = {
  TEMPLATE_UNKNOWN: {
    gate: 'TEMPLATE',
    message: 'You have no template of this name. Use a name from templates.',
    seenBy: SENDER,
    means: 'No template of this business has the name.',
    todo: 'Take names from `templates`, or make the template with `createTemplate`.',
    later: `${NOT_BY_WAITING} It passes once there is one, and a version of it is approved.`,
  },
  TEMPLATE_NOT_APPROVED: {
    gate: 'TEMPLATE',
    message: 'No version of this template is approved yet. Submit it, and wait for the decision.',
    seenBy: SENDER,
    means: 'The operator has approved no version of this template: it is a draft, in review, or rejected.',
    todo: 'Submit it with `submitTemplate`; read why it was rejected, edit it, or appeal.',
    later: `${NOT_BY_WAITING} It passes once a version is approved.`,
  },
  TEMPLATE_PAUSED: {
    gate: 'TEMPLATE',
    message: 'This template is paused, because of how people react to it. Send again at retryAt.',
    seenBy: WAITING,
    means:
      'People reported or blocked what was sent by this template. It pauses for 3 hours, the next time for 6, and is then ' +
      'disabled; after 7 days without a pause it begins anew. What was accepted before the pause waits for its end.',
    todo: 'Look at what it says and whom you send it to. Send again at `retryAt`, under a new idempotency key.',
    later: AT_RETRY_AT,
  },
  TEMPLATE_DISABLED: {
    gate: 'TEMPLATE',
    message: 'This template is disabled, because of how people react to it. Appeal, or make another one.',
    seenBy: SENDER_LATER,
    means: 'It was paused twice, and people reacted badly once more. What was accepted before ended with it.',
    todo: 'Appeal with `appealTemplate`, or make another template that people want to read.',
    later: `${NOT_BY_WAITING} It passes once an appeal is upheld.`,
  },
  TEMPLATE_PARAMETERS: {
    gate: 'TEMPLATE',
    message: 'A value does not fit the template: see `parameter`, and previewTemplate for what it must be.',
    seenBy: SENDER,
    means:
      'A parameter has no value, more than one, or one that is not of its type; or a value is given for a parameter that the ' +
      'version which sends does not have.',
    todo: '`parameter` names it; `previewTemplate` with the same values lists everything that is wrong.',
    later: `${NOT_BY_WAITING} It passes with values that fit.`,
  },
  TEMPLATE_PACING: {
    gate: 'PACING',
    message:
      'This version of the template is new, and its sample is out. It waits until it is known how people take that; refused: send it again at retryAt.',
    seenBy:
      'The business: as `deferredBecause` of an accepted message that waits, as the refusal of a message, or as the reason why a ' +
      'scheduled one that was not to wait ended `SUPPRESSED`.',
    means:
      'The first messages of a new version (100 by default, and none of `AUTHENTICATION`) go at once. What comes behind them waits ' +
      'until they have been out for an hour by default, on average, or for less where people take them well. ' +
      'What is scheduled is counted, and may have to wait, when it goes. docs/limits.md has the rule.',
    todo: 'Nothing: the message waits. Begin with the people who most want to hear from you.',
    later: 'Yes, at the time that it names, or before. From then on this version is not paced any more.',
  },
  TEMPLATE_SAMPLE_FAILED: {
    gate: 'PACING',
    message: 'People took the sample of this template badly. What waited behind it is not sent.',
    seenBy: 'The business, as the reason why an accepted message ended `SUPPRESSED`.',
    means:
      'The message waited behind the sample of a new version, and meanwhile the template was paused or disabled, because of how ' +
      'people reacted to it.',
    todo: 'Look at what the template says and whom you send it to. After the pause a new sample goes first; what ended is not sent by itself.',
    later: `${NOT_BY_WAITING} Sent again after the pause, under a new idempotency key, it may be one of the new sample.`,
  },
} as const satisfies Record<string, GateReason>;
