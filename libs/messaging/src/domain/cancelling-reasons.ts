import type { DocumentedReason, ReasonCatalogue } from '@assent/accounts';

const SENDER = 'The business, as the refusal to take a message back.';
const NEVER = 'No: `retryAt` is null. What has happened does not un-happen.';

/** Reasons for which a message is not taken back. Stable: programs rely on them. */
export const CANCELLING_REASONS = {
  MESSAGE_UNKNOWN: {
    message: 'There is no such message of yours to a contact.',
    seenBy: SENDER,
    means: 'The id is none of a message that this business sent in this mode; or the person wrote it.',
    todo: 'Use the id that `sendMessage` answered, with a key of the same mode.',
    later: 'Not by waiting: `retryAt` is null.',
  },
  ALREADY_DISPATCHED: {
    message: 'The person can see this message already, so it can not be taken back.',
    seenBy: SENDER,
    means: 'The message was dispatched before the cancellation was decided.',
    todo: 'Nothing. Cancel earlier, or schedule further ahead.',
    later: NEVER,
  },
  ALREADY_ENDED: {
    message: 'This message has ended already, without being shown; see its status and reason.',
    seenBy: SENDER,
    means: 'A stop, a gate or the end of its validity came first: it is SUPPRESSED, EXPIRED or FAILED.',
    todo: 'Nothing: nobody will see it.',
    later: NEVER,
  },
} as const satisfies Record<string, DocumentedReason>;

export type CancellingReason = keyof typeof CANCELLING_REASONS;

export const CANCELLING: ReasonCatalogue = {
  title: 'Messages that a business takes back',
  about: 'Answered by `cancelMessage` and `cancelMessages`.',
  reasons: CANCELLING_REASONS,
};
