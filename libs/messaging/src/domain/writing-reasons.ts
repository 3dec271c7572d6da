import type { DocumentedReason, ReasonCatalogue } from '@assent/accounts';

const WRITER = 'The person who writes.';

/** Reasons for which what a person writes is not taken. Stable: programs rely on them. */
export const WRITING_REASONS = {
  BUSINESS_NOT_VERIFIED: {
    message:
      'This business is not verified, so you can not begin a conversation with it. You can answer one that has written to you.',
    seenBy: WRITER,
    means:
      'The operator has not checked this business, and it does not have the person as a contact: such a business could collect people.',
    todo: 'Wait until the business is verified.',
    later: 'Not by waiting: `retryAt` is null. It passes once the business is verified.',
  },
  BLOCKED_BY_BUSINESS: {
    message: 'This business takes no messages from you, and can send you none.',
    seenBy: WRITER,
    means:
      'The business has blocked the person: nothing goes either way. A stop in the refused words is heeded all the same.',
    todo: 'Reach the business in another way, if you need to.',
    later: 'Not by waiting: `retryAt` is null. It passes once the business takes the block back.',
  },
  REPLY_UNKNOWN: {
    message: 'What this is to answer is no message of this conversation.',
    seenBy: WRITER,
    means: '`inReplyTo` is a message of another conversation, or one that was never visible to the person.',
    todo: 'Take its id from `conversation`, or leave it out.',
    later: 'Not by waiting: `retryAt` is null.',
  },
  MEDIA_UNKNOWN: {
    message: 'What is to go with this is no file that you can send. Upload it again.',
    seenBy: WRITER,
    means:
      '`media` is none of yours, its upload was not completed, it went with another message already, or it was removed a day after it was completed. A stop in the refused words is heeded all the same.',
    todo: 'Upload it by `createMediaUpload`, complete it by `completeMediaUpload`, and write under a new idempotency key.',
    later: 'Not by waiting: `retryAt` is null.',
  },
  WRITE_LIMIT: {
    message: 'Too many messages to this business in a short time. Write again at retryAt.',
    seenBy: WRITER,
    means:
      'Each message to a business costs an interval (2 s by default); a burst (30 by default) is lent. A new stop is heeded all the same.',
    todo: 'Write the same again at `retryAt`, under a new idempotency key.',
    later: 'Yes, at `retryAt`.',
  },
  IDEMPOTENCY_CONFLICT: {
    message:
      'This idempotency key was used for another message in the last 7 days. Use a new key for a new message.',
    seenBy: WRITER,
    means: 'The key belongs to another message of the last 7 days. Nothing was done.',
    todo: 'Use a key of its own for each message.',
    later: 'Not by waiting: `retryAt` is null. The key is free again 7 days after it was first used.',
  },
} as const satisfies Record<string, DocumentedReason>;

export type WritingReason = keyof typeof WRITING_REASONS;

export const WRITING: ReasonCatalogue = {
  title: 'Messages that a person writes',
  about: 'Answered by `writeToBusiness`.',
  reasons: WRITING_REASONS,
};
