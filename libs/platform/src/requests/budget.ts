/** A budget of units is a bucket that is full at first and fills up evenly within this time. */
export const REFILL_MS = 60_000;
/** Debts are kept up to twice that, so what is further ahead than thrice is none: the database's clock was set back. */
const LATEST_MS = 3 * REFILL_MS;

/** Times of this size are exact to a fifth of a microsecond; what a sum of them is wrong by must not cost a unit. */
const ROUNDING_MS = 0.005;

/** What is known of a bucket. */
export interface Bucket {
  /** Units that it holds, and gets in a minute. */
  most: number;
  /** When it would be full again, by the database's clock, in milliseconds, as of when it was last settled. */
  fullAt: number;
  /** Units taken since. */
  unsettled: number;
}

/** Whether units are there, and what is left or when they will be. */
export type Taking =
  | { fits: true; remaining: number; resetAt: number }
  | { fits: false; remaining: number; resetAt: number; retryAt: number };

/**
 * Judges taking units from a bucket: GCRA (ITU-T I.371) with the bucket's state as the one time at which it is full.
 * What is dearer than a full bucket takes all of it.
 *
 * @param now by the database's clock, in milliseconds
 */
export function take({ most, fullAt, unsettled }: Bucket, units: number, now: number): Taking {
  const unitMs = REFILL_MS / most;
  const owed = fullAt > now && fullAt <= now + LATEST_MS ? fullAt - now : 0;
  const before = owed + unsettled * unitMs;
  const after = before + Math.min(units, most) * unitMs;
  if (after <= REFILL_MS + ROUNDING_MS) {
    return {
      fits: true,
      remaining: Math.max(0, Math.floor((REFILL_MS - after) / unitMs)),
      resetAt: now + after,
    };
  }
  return {
    fits: false,
    remaining: Math.max(0, Math.floor((REFILL_MS - before) / unitMs)),
    resetAt: now + before,
    retryAt: Math.ceil(now + after - REFILL_MS),
  };
}
