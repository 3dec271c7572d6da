import type { DocumentedReason, ReasonCatalogue } from '@assent/accounts';

const PERSON = 'The person who was asked.';
const REVIEWER = 'The business, or an admin, who reviews.';
const NOT_BY_WAITING = 'No: `retryAt` is null, because waiting does not help.';

/** Reasons for which a question or a review of a stop stays as it is. Stable: programs rely on them. */
export const STOP_REASONS = {
  ALREADY_ANSWERED: {
    message: 'You have answered already. To change your mind, stop or allow what you mean.',
    seenBy: PERSON,
    means: 'A question is answered once; the message says how it was.',
    todo: 'Stop or allow what you mean.',
    later: NOT_BY_WAITING,
  },
  ALREADY_RESOLVED: {
    message: 'The person has answered it, or somebody has reviewed it already.',
    seenBy: REVIEWER,
    means: 'A review is resolved once, and the person’s own answer outranks it.',
    todo: 'Read the review again.',
    later: NOT_BY_WAITING,
  },
} as const satisfies Record<string, DocumentedReason>;

export const STOPS: ReasonCatalogue = {
  title: 'Questions and reviews of stops in words',
  about: 'Answered by `answerStopQuestion` and `resolveStopReview`.',
  reasons: STOP_REASONS,
};
