import type { DocumentedReason, ReasonCatalogue } from '@assent/accounts';

const MATCHER = 'The business that matches or imports.';
const ITEM = 'The business, as the answer to one opt-in that it brings in.';
const NOT_BY_WAITING = 'No: `retryAt` is null, because waiting does not help.';

/** Reasons for which customers are not matched, or an opt-in does not enter the ledger. Stable: programs rely on them. */
export const MATCHING_REASONS = {
  BUSINESS_NOT_VERIFIED: {
    message: 'Only a verified business may do this. Submit your verification and wait for its approval.',
    seenBy: MATCHER,
    means: 'The operator has not approved a verification of this business.',
    todo: 'Submit a verification with `submitVerification` and wait until it is approved.',
    later: `${NOT_BY_WAITING} It passes once the business is verified.`,
  },
  BUSINESS_SUSPENDED: {
    message: 'Your business is suspended. Ask the operator of the platform why.',
    seenBy: MATCHER,
    means: 'The operator has suspended this business.',
    todo: 'Ask the operator of the platform.',
    later: `${NOT_BY_WAITING} It passes once the suspension is lifted.`,
  },
  MATCH_BUDGET: {
    message:
      'These numbers do not fit into what is left of your match budget. Send the call again at retryAt, or a smaller one now.',
    seenBy: 'The business that matches.',
    means:
      'A business may ask for so many different numbers in any 24 hours and in any 30 days. A call fits as a whole or not at all, and a refused one spends nothing; a number that holds a place is free.',
    todo: 'Ask for fewer numbers, or again at `retryAt`. `limits` shows what is left.',
    later: 'Yes, at `retryAt`. Not where the call is larger than the whole budget.',
  },
  CONSENT_IMPORT_UNKNOWN: {
    message: 'You have no such file of opt-ins.',
    seenBy: 'The business that cancels the import of a file.',
    means: 'The id is no file of this business, or one that was forgotten.',
    todo: 'Take ids from `consentImports`.',
    later: NOT_BY_WAITING,
  },
  CONTACT_UNKNOWN: {
    message: 'You have no such contact.',
    seenBy: ITEM,
    means: 'The id is not a contact of this business.',
    todo: 'Take ids from `contacts`.',
    later: NOT_BY_WAITING,
  },
  CONTACT_BLOCKED: {
    message: 'The person has blocked you. Only the person lifts a block.',
    seenBy: ITEM,
    means: 'A block outranks every opt-in.',
    todo: 'Nothing: only the person takes a block back.',
    later: `${NOT_BY_WAITING} It passes once the person takes the block back.`,
  },
  CONSENT_STOPPED: {
    message:
      'The person has stopped this, or had stopped it after they gave this opt-in. Only the person lifts a stop, and only they can opt in again.',
    seenBy: ITEM,
    means: 'No import undoes a stop: what was given before it is over.',
    todo: 'Nothing: only the person can opt in again.',
    later: NOT_BY_WAITING,
  },
  GIVEN_IN_FUTURE: {
    message: 'It was not given yet: givenAt is in the future.',
    seenBy: ITEM,
    means: 'By the clock of the platform `givenAt` has not come.',
    todo: 'Send the time at which the person gave it.',
    later: 'Yes, once that time has come.',
  },
  EVIDENCE_NOT_ACCEPTED: {
    message:
      'The consent policy of the person’s country does not accept opt-ins to this purpose on this kind of evidence.',
    seenBy: ITEM,
    means: 'The policy of the operator says which evidence counts for which purpose where.',
    todo: 'Ask the person for an opt-in of a kind that counts.',
    later: `${NOT_BY_WAITING} It passes under a policy that accepts it.`,
  },
  OPT_IN_EXPIRED: {
    message: 'It was given so long ago that, by the consent policy of the person’s country, it is over.',
    seenBy: ITEM,
    means: 'The policy says for how long an opt-in counts.',
    todo: 'Ask the person anew.',
    later: NOT_BY_WAITING,
  },
  CORRELATION_CONFLICT: {
    message: 'You brought in something else under this correlation id. Use a new one.',
    seenBy: ITEM,
    means: 'A correlation id stands for one opt-in for ever, so that a repeated request does nothing more.',
    todo: 'Use a correlation id of its own for each opt-in.',
    later: `${NOT_BY_WAITING} It passes under a new id.`,
  },
} as const satisfies Record<string, DocumentedReason>;

export const MATCHING: ReasonCatalogue = {
  title: 'Matching, and opt-ins that a business brings in',
  about:
    'Answered by `matchContacts`, `importConsents`, for each opt-in too, and `cancelConsentImport`, and in the results of a file of opt-ins.',
  reasons: MATCHING_REASONS,
};
