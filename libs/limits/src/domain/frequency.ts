/** How many messages may become visible in any so much time: each counts from then on, for the length of the window. */
export interface FrequencyCap {
  most: number;
  windowMs: number;
}

/** Whether one more may become visible, or the earliest time at which it may; null: never. */
export type CapVerdict = { passes: true } | { passes: false; retryAt: Date | null };

const HOUR_MS = 60 * 60 * 1_000;
const DAY_MS = 24 * HOUR_MS;

/** Marketing of all businesses that a person may see: in any 24 hours. */
export const dailyCap = (most: number): FrequencyCap => ({ most, windowMs: DAY_MS });

/** Marketing of one business that a person may see: in any 7 days. */
export const weeklyCap = (most: number): FrequencyCap => ({ most, windowMs: 7 * DAY_MS });

/**
 * Judges one message to a person at `now`: the one that became visible `most` messages ago must have left the window.
 *
 * @param seenAt when such messages became visible to them, newest first; `most` of them are enough
 */
export function judgeCap({ most, windowMs }: FrequencyCap, seenAt: readonly Date[], now: Date): CapVerdict {
  if (most === 0) return { passes: false, retryAt: null };
  const inTheWay = seenAt[most - 1];
  if (!inTheWay) return { passes: true };
  const retryAt = new Date(inTheWay.getTime() + windowMs);
  return now < retryAt ? { passes: false, retryAt } : { passes: true };
}

/** What the operator lets a person see of marketing, at most. */
export interface MarketingLimits {
  /** Of all businesses, in any 24 hours. */
  daily: number;
  /** Of one business, in any 7 days. */
  weekly: number;
  /** After so much of one business that they neither read nor answered, its weekly cap is 1. */
  mostUnread: number;
}

/**
 * How much marketing of one business a person may see in 7 days. Their own wish and a lack of interest only ever lower
 * what the operator lets them see: who sees `mostUnread` marketing messages of a business in a row, and neither reads
 * one nor writes to that business, sees one a week of it, until they do.
 */
export function weeklyMost(
  { weekly, mostUnread }: MarketingLimits,
  own: number | null,
  unread: number,
): number {
  return Math.min(weekly, own ?? weekly, unread >= mostUnread ? 1 : weekly);
}
