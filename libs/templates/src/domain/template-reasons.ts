import type { DocumentedReason, ReasonCatalogue } from '@assent/accounts';

const BUSINESS = 'The business whose template it is.';
const ADMIN = 'An admin who reviews.';
const NOT_BY_WAITING = 'No: `retryAt` is null, because waiting does not help.';

/** Reasons for which a template is not changed, reviewed or filled in. Stable: programs rely on them. */
export const TEMPLATE_REASONS = {
  TEMPLATE_NOT_FOUND: {
    message: 'This business has no template with that id.',
    seenBy: BUSINESS,
    means: 'The id is no template of this business.',
    todo: 'Take ids from `templates`.',
    later: NOT_BY_WAITING,
  },
  NAME_TAKEN: {
    message: 'There is a template of that name with another purpose or content. Edit it.',
    seenBy: BUSINESS,
    means: 'A name is the key of a template. The same once more answers with the template that is there.',
    todo: 'Edit that template, or choose another name.',
    later: `${NOT_BY_WAITING} It passes under a name that is free.`,
  },
  TOO_MANY_TEMPLATES: {
    message: 'A business has at most 1,000 templates. Put into parameters what differs between them.',
    seenBy: BUSINESS,
    means: 'A business that needs more has put into templates what belongs into parameters.',
    todo: 'Delete drafts that were never submitted; use parameters.',
    later: `${NOT_BY_WAITING} It passes once there is room.`,
  },
  TOO_MANY_VERSIONS: {
    message: 'A template has at most 1,000 versions. Make another one.',
    seenBy: BUSINESS,
    means: 'Every version that was decided is kept.',
    todo: 'Make another template.',
    later: NOT_BY_WAITING,
  },
  VERSION_IN_REVIEW: {
    message: 'The newest version is in review. Edit the template once it is decided.',
    seenBy: BUSINESS,
    means: 'What is being reviewed does not change under the reviewer’s eyes.',
    todo: 'Wait for the decision.',
    later: `${NOT_BY_WAITING} It passes once the version is decided.`,
  },
  TEMPLATE_DISABLED: {
    message: 'A disabled template can not be edited or reviewed. Appeal, or make another one.',
    seenBy: BUSINESS,
    means: 'It was paused twice, and people reacted badly once more.',
    todo: 'Appeal with `appealTemplate`, or make another template.',
    later: `${NOT_BY_WAITING} It passes once an appeal is upheld.`,
  },
  NOT_VERIFIED: {
    message: 'Only a VERIFIED business can have templates reviewed.',
    seenBy: BUSINESS,
    means: 'The operator reviews templates of those whom it knows.',
    todo: 'Submit a verification and wait for its approval.',
    later: `${NOT_BY_WAITING} It passes once the business is verified.`,
  },
  NOTHING_TO_SUBMIT: {
    message: 'There is no draft. Edit the template first.',
    seenBy: BUSINESS,
    means: 'The newest version is in review or decided. The message says which.',
    todo: 'Edit the template, and submit that draft.',
    later: `${NOT_BY_WAITING} It passes once there is a draft.`,
  },
  WAS_SUBMITTED: {
    message: 'Only a template that was never submitted can be deleted.',
    seenBy: BUSINESS,
    means: 'What was reviewed or sent is kept, so that it can be looked up.',
    todo: 'Nothing: a template that you do not use costs nothing.',
    later: NOT_BY_WAITING,
  },
  NOTHING_TO_APPEAL: {
    message: 'Neither is the newest version REJECTED nor the template DISABLED.',
    seenBy: BUSINESS,
    means: 'Only a rejection, and the end of a template by its quality, can be appealed against.',
    todo: 'Nothing.',
    later: NOT_BY_WAITING,
  },
  ALREADY_APPEALED: {
    message: 'You have appealed against this before: an appeal is decided once.',
    seenBy: BUSINESS,
    means: 'There was an appeal in other words, or it was decided.',
    todo: 'Wait for the decision, or edit the template.',
    later: NOT_BY_WAITING,
  },
  TEMPLATE_PARAMETERS: {
    message: 'Values do not fit the parameters of the template: see problems.',
    seenBy: BUSINESS,
    means: 'A parameter has no value, more than one, or one that is not of its type. `problems` names each.',
    todo: 'Give values that fit.',
    later: `${NOT_BY_WAITING} It passes with values that fit.`,
  },
  CONTENT_TOO_LONG: {
    message: 'With these values the text has more than 4,096 characters.',
    seenBy: BUSINESS,
    means: 'The template, filled in, makes a longer text than a person is to read.',
    todo: 'Give shorter values.',
    later: `${NOT_BY_WAITING} It passes with shorter values.`,
  },
  VERSION_NOT_FOUND: {
    message: 'There is no version with that id.',
    seenBy: ADMIN,
    means: 'The id is no version of a template.',
    todo: 'Take ids from `templateQueue`.',
    later: NOT_BY_WAITING,
  },
  NOT_IN_REVIEW: {
    message: 'This version is not in review.',
    seenBy: ADMIN,
    means: 'It was decided or deleted meanwhile. The message says which.',
    todo: 'Read the queue again.',
    later: NOT_BY_WAITING,
  },
  APPEAL_NOT_FOUND: {
    message: 'There is no appeal with that id.',
    seenBy: ADMIN,
    means: 'The id is no appeal about a template.',
    todo: 'Take ids from `templateAppealQueue`.',
    later: NOT_BY_WAITING,
  },
  ALREADY_DECIDED: {
    message: 'This appeal was decided before.',
    seenBy: ADMIN,
    means: 'Somebody else decided it.',
    todo: 'Read the queue again.',
    later: NOT_BY_WAITING,
  },
} as const satisfies Record<string, DocumentedReason>;

export const TEMPLATES: ReasonCatalogue = {
  title: 'Templates and their review',
  about:
    'Answered by `createTemplate`, `editTemplate`, `submitTemplate`, `deleteTemplate`, `appealTemplate`, `previewTemplate`, `approveTemplate`, `rejectTemplate` and `decideTemplateAppeal`.',
  reasons: TEMPLATE_REASONS,
};
