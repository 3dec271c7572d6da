import type { FrequencyCap } from './frequency.js';
import type { Gcra } from './gcra.js';
import { REACH_WINDOW_MS, type ReachFacts } from './reach.js';
import { heldUntil, type Pacing, type TemplateSample } from './sample.js';

/** What is left of a limit at one moment. */
export interface Budget {
  /** Null: without limit. */
  limit: number | null;
  used: number;
  /** Null: without limit. */
  remaining: number | null;
  /** When one more is left than now; null where all of it is. */
  nextFreeAt: Date | null;
}

/**
 * Of a limit with a burst: what may go at once. In the limit's own unit of time, as `tat` and `now`.
 *
 * @param toDate a time in that unit
 */
export function gcraBudget(
  { interval, burst }: Gcra,
  tat: number | null,
  now: number,
  toDate: (time: number) => Date,
): Budget {
  const ahead = Math.max(tat ?? 0, now) - now;
  const used = Math.ceil(ahead / interval);
  const remaining = Math.max(0, burst - used);
  if (tat === null || used === 0) return { limit: burst, used: 0, remaining: burst, nextFreeAt: null };
  return { limit: burst, used, remaining, nextFreeAt: toDate(tat - (burst - remaining - 1) * interval) };
}

/** Of the places of a reach tier. */
export function reachBudget({ limit, used, oldestTakenAt }: ReachFacts): Budget {
  const nextFreeAt =
    limit === 0 ? null : oldestTakenAt && new Date(oldestTakenAt.getTime() + REACH_WINDOW_MS);
  return { limit, used, remaining: limit === null ? null : Math.max(0, limit - used), nextFreeAt };
}

/** Of the sample of a template that is not over; all of it comes back when it is. */
export function sampleBudget(sample: TemplateSample, { size, holdMs }: Pacing): Budget {
  const { used } = sample;
  return { limit: size, used, remaining: Math.max(0, size - used), nextFreeAt: heldUntil(sample, holdMs) };
}

/** Of a cap; `seenAt` newest first. */
export function capBudget({ most, windowMs }: FrequencyCap, seenAt: readonly Date[], now: Date): Budget {
  const counted = seenAt.filter((at) => now.getTime() < at.getTime() + windowMs);
  // Where more was seen than may be, as many have to leave first.
  const next = counted[Math.min(counted.length, Math.max(most, 1)) - 1];
  return {
    limit: most,
    used: counted.length,
    remaining: Math.max(0, most - counted.length),
    nextFreeAt: next ? new Date(next.getTime() + windowMs) : null,
  };
}
