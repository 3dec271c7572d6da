/** How many people a business may start to message in any 24 hours. */
export const REACH_TIERS = ['TIER_250', 'TIER_2K', 'TIER_10K', 'TIER_100K', 'UNLIMITED'] as const;
export type ReachTier = (typeof REACH_TIERS)[number];

/** A place is held for this long after the first message that took it. */
export const REACH_WINDOW_MS = 24 * 60 * 60 * 1000;

/** What is known of a business's reach at one moment, under its guard. */
export interface ReachFacts {
  /** Places of the tier; null: without limit. */
  limit: number | null;
  /** Places held now. */
  used: number;
  /**
   * When the place was taken that has to come free before another can be taken: the oldest, or a later one where more
   * are held than there are places by now; null where none is held.
   */
  oldestTakenAt: Date | null;
}

/** The reach of a business as loaded, and as a batch changes it. */
export interface BusinessReach extends ReachFacts {
  /** As configured for its tier; `oldestTakenAt` is by what counts at the moment, an override or that. */
  limit: number | null;
  /**
   * While an override runs that ends within 24 hours: the held places, oldest first, from the one on that has to come free
   * once only `limit` counts; more than a batch can take. Undefined: by the end of an override all of them are free.
   */
  afterOverride?: Date[] | undefined;
}

/** Takes a place at `now`, in place. */
export function takePlace(reach: BusinessReach, now: Date): void {
  const { limit, used, afterOverride } = reach;
  afterOverride?.push(now);
  // One more is held than `limit` has, so one more has to come free.
  if (limit !== null && used >= limit) afterOverride?.shift();
  reach.used += 1;
  reach.oldestTakenAt ??= now;
}

/** Whether a message needs a new place, and whether there is one. */
export type ReachVerdict = { passes: true; takesPlace: boolean } | { passes: false; retryAt: Date | null };

/** Judges one message at `now` to a contact whose place, if any, was taken at `takenAt`. */
export function judgeReach(
  { limit, used, oldestTakenAt }: ReachFacts,
  takenAt: Date | null,
  now: Date,
): ReachVerdict {
  if (takenAt && now.getTime() < takenAt.getTime() + REACH_WINDOW_MS)
    return { passes: true, takesPlace: false };
  if (limit === null || used < limit) return { passes: true, takesPlace: true };
  if (limit === 0) return { passes: false, retryAt: null };
  const freeAt = oldestTakenAt && new Date(oldestTakenAt.getTime() + REACH_WINDOW_MS);
  return freeAt && freeAt <= now ? { passes: true, takesPlace: true } : { passes: false, retryAt: freeAt };
}

/** Places of a tier, from the configured sizes of the limited ones. */
export function placesOf(tier: ReachTier, sizes: readonly number[]): number | null {
  return sizes[REACH_TIERS.indexOf(tier)] ?? null;
}
