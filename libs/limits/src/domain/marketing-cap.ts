/** A marketing message counts for this long after it became visible. */
export const MARKETING_WINDOW_MS = 24 * 60 * 60 * 1000;

/** Whether one more may become visible, or the earliest time at which it may; null: never. */
export type CapVerdict = { passes: true } | { passes: false; retryAt: Date | null };

/**
 * Judges one marketing message to a person at `now`, by how many they may see in any 24 hours, of all businesses
 * together. The one that became visible `cap` messages ago must have left the window.
 *
 * @param seenAt when marketing became visible to them, newest first; `cap` of them are enough
 */
export function judgeMarketingCap(cap: number, seenAt: readonly Date[], now: Date): CapVerdict {
  if (cap === 0) return { passes: false, retryAt: null };
  const inTheWay = seenAt[cap - 1];
  if (!inTheWay) return { passes: true };
  const retryAt = new Date(inTheWay.getTime() + MARKETING_WINDOW_MS);
  return now < retryAt ? { passes: false, retryAt } : { passes: true };
}
