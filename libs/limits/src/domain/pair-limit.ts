import { type Budget, gcraBudget } from './budget.js';
import { nextUnit } from './gcra.js';

/**
 * The pair limit: how often one business may message one person. A message costs `intervalMs`; a burst may be borrowed
 * and is paid back by waiting (GCRA).
 */
export interface PairLimit {
  intervalMs: number;
  burst: number;
}

/** What a message would do to the pair limit: the TAT to keep, or the earliest time at which it would pass. */
export type PairVerdict = { passes: true; tat: Date } | { passes: false; retryAt: Date };

/** Judges one message at `now`; `tat` is null before the first one. */
export function judgePair({ intervalMs, burst }: PairLimit, tat: Date | null, now: Date): PairVerdict {
  const next = nextUnit({ interval: intervalMs, burst }, tat && tat.getTime(), now.getTime());
  if (next.at > now.getTime()) return { passes: false, retryAt: new Date(next.at) };
  return { passes: true, tat: new Date(next.tat) };
}

/** How many messages may go at once. */
export function pairBudget({ intervalMs, burst }: PairLimit, tat: Date | null, now: Date): Budget {
  return gcraBudget(
    { interval: intervalMs, burst },
    tat && tat.getTime(),
    now.getTime(),
    (time) => new Date(time),
  );
}
