import type { DocumentedReason, ReasonCatalogue } from '@assent/accounts';
import { type GateReason, WAITING } from './reason-wording.ts';

const WHILE_OFF =
  'What was accepted before waits until the switch is lifted, and ends `EXPIRED` where it is not worth showing any more by then.';
const LATER =
  'Yes, at `retryAt`, where the switch ends by itself; else `retryAt` is null, and it passes once the operator lifts the switch.';
const ADMIN = 'An admin.';
const NOT_BY_WAITING = 'No: `retryAt` is null, because waiting does not help.';

/** Reasons that kill switches give. */
export const SWITCH_REASONS = {
  BUSINESS_SWITCHED_OFF: {
    gate: 'KILL_SWITCH',
    message: 'The operator has switched off sending for this business, for the time being.',
    seenBy: WAITING,
    means: `An admin set a kill switch on the business; \`limits { switchedOff }\` says since when, why and until when. ${WHILE_OFF}`,
    todo: 'Read the reason, and talk to the operator of the platform. Nothing that was accepted has to be sent again.',
    later: LATER,
  },
  MARKETING_SWITCHED_OFF: {
    gate: 'KILL_SWITCH',
    message: 'The operator has switched off all marketing of all businesses, for the time being.',
    seenBy: WAITING,
    means: `An admin set a kill switch on marketing; \`limits { switchedOff }\` says since when, why and until when. ${WHILE_OFF}`,
    todo: 'Send only what is not marketing. Nothing that was accepted has to be sent again.',
    later: LATER,
  },
  TEMPLATE_SWITCHED_OFF: {
    gate: 'KILL_SWITCH',
    message: 'The operator has switched off this template, for the time being.',
    seenBy: WAITING,
    means: `An admin set a kill switch on the template; \`limits { switchedOff }\` says since when, why and until when. ${WHILE_OFF}`,
    todo: 'Use another template, and talk to the operator of the platform. Nothing that was accepted has to be sent again.',
    later: LATER,
  },
  CARRIER_SWITCHED_OFF: {
    gate: 'KILL_SWITCH',
    message: 'The operator has switched off this carrier, for the time being. Messages stand in the inbox.',
    seenBy: 'The business, as the reason why a hand-off of a message is `WAITING`.',
    means:
      'An admin set a kill switch on the carrier: nothing is handed to it. The message is visible in the app; what was to go by ' +
      'the carrier waits, and ends `FAILED` with `EXPIRED` where that is not worth anything any more.',
    todo: 'Nothing: what waits goes once the switch is lifted. Do not send it again.',
    later: 'Yes, when the switch ends or is lifted.',
  },
} as const satisfies Record<string, GateReason>;

/** Reasons for which a kill switch stays as it is. Stable: programs rely on them. */
export const SWITCHING_REASONS = {
  BUSINESS_NOT_FOUND: {
    message: 'There is no business with that id.',
    seenBy: ADMIN,
    means: 'The id is no business.',
    todo: 'Take ids from `businesses`.',
    later: NOT_BY_WAITING,
  },
  TEMPLATE_NOT_FOUND: {
    message: 'There is no template with that id.',
    seenBy: ADMIN,
    means: 'The id is no template of any business.',
    todo: 'Take ids from the business, or from the reviews of templates.',
    later: NOT_BY_WAITING,
  },
  SWITCH_NOT_FOUND: {
    message: 'There is no kill switch with that id.',
    seenBy: ADMIN,
    means: 'The id is no kill switch that was ever set.',
    todo: 'Take ids from `killSwitches`.',
    later: NOT_BY_WAITING,
  },
  SWITCH_OVER: {
    message: 'This kill switch is not in force any more.',
    seenBy: ADMIN,
    means: 'It ended by itself, or somebody lifted it or set another one in its place.',
    todo: 'Read `killSwitches`.',
    later: NOT_BY_WAITING,
  },
} as const satisfies Record<string, DocumentedReason>;

export type SwitchingReason = keyof typeof SWITCHING_REASONS;

export const SWITCHING: ReasonCatalogue = {
  title: 'Kill switches',
  about: 'Answered by `setKillSwitch` and `liftKillSwitch`.',
  reasons: SWITCHING_REASONS,
};
