/**
 * A limit of one unit an interval with a burst that may be borrowed and is paid back by waiting, by GCRA (ITU-T I.371,
 * the virtual scheduling algorithm). All that is kept is the theoretical arrival time (TAT): the time at which
 * everything borrowed would be paid back. Times and the interval are in one unit, whichever it is.
 */
export interface Gcra {
  interval: number;
  burst: number;
}

/** The earliest time from `now` on at which a unit conforms, and the TAT once it is spent then; `tat` is null before the first one. */
export function nextUnit(
  { interval, burst }: Gcra,
  tat: number | null,
  now: number,
): { at: number; tat: number } {
  const arrival = Math.max(tat ?? 0, now);
  return { at: Math.max(now, arrival - (burst - 1) * interval), tat: arrival + interval };
}
