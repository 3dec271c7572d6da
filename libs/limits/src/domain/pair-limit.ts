/**
 * The pair limit: how often one business may message one person. A message costs `intervalMs`; a burst may be borrowed
 * and is paid back by waiting.
 *
 * GCRA (ITU-T I.371, the virtual scheduling algorithm): all that is kept is the theoretical arrival time (TAT), the
 * time at which everything borrowed would be paid back.
 */
export interface PairLimit {
  intervalMs: number;
  burst: number;
}

/** What a message would do to the pair limit: the TAT to keep, or the earliest time at which it would pass. */
export type PairVerdict = { passes: true; tat: Date } | { passes: false; retryAt: Date };

/** Judges one message at `now`; `tat` is null before the first one. */
export function judgePair({ intervalMs, burst }: PairLimit, tat: Date | null, now: Date): PairVerdict {
  const arrival = Math.max(tat?.getTime() ?? 0, now.getTime());
  const earliest = arrival - (burst - 1) * intervalMs;
  if (now.getTime() < earliest) return { passes: false, retryAt: new Date(earliest) };
  return { passes: true, tat: new Date(arrival + intervalMs) };
}
