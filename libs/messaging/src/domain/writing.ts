import { judgePair, type PairLimit } from '@assent/limits';
import type { WritingReason } from './writing-reasons.js';

/** What is decided on when a person writes to a business, loaded under the person's guard. */
export interface WritingFacts {
  now: Date;
  /** The business has this person as a contact. */
  known: boolean;
  verified: boolean;
  /** The business has blocked the person. */
  blocked: boolean;
  /** It is to answer a message that is not in this conversation. */
  answersUnknown: boolean;
  /** What is to go with it is no medium of the person that went with no message yet. */
  mediaUnknown: boolean;
  limit: PairLimit;
  /** Theoretical arrival time of the limit; null before the first message. */
  writeTat: Date | null;
  /** It is a stop that was not in force before: that no limit may keep from being written down. */
  stopsNow: boolean;
}

/** Whether a person's message is taken, with what it spends; or why not, with the earliest time at which it would be. */
export type WritingDecision =
  | { outcome: 'TAKEN'; writeTat: Date | null }
  | { outcome: 'REFUSED'; reason: WritingReason; retryAt: Date | null };

/**
 * Decides whether a person may write to a business. A block or a stop is about what reaches the person and keeps nobody
 * from writing; a block by the business does, and then a stop is heeded without its message. A conversation with a business that the operator has not checked is not for the person to begin, or
 * such a business could collect people.
 */
export function judgeWriting({
  now,
  known,
  verified,
  blocked,
  answersUnknown,
  mediaUnknown,
  limit,
  writeTat,
  stopsNow,
}: WritingFacts): WritingDecision {
  if (!known && !verified) return { outcome: 'REFUSED', reason: 'BUSINESS_NOT_VERIFIED', retryAt: null };
  if (blocked) return { outcome: 'REFUSED', reason: 'BLOCKED_BY_BUSINESS', retryAt: null };
  if (answersUnknown) return { outcome: 'REFUSED', reason: 'REPLY_UNKNOWN', retryAt: null };
  if (mediaUnknown) return { outcome: 'REFUSED', reason: 'MEDIA_UNKNOWN', retryAt: null };
  const verdict = judgePair(limit, writeTat, now);
  if (verdict.passes) return { outcome: 'TAKEN', writeTat: verdict.tat };
  return stopsNow
    ? { outcome: 'TAKEN', writeTat }
    : { outcome: 'REFUSED', reason: 'WRITE_LIMIT', retryAt: verdict.retryAt };
}
