/** So many in any span of time of that length. */
export interface RollingLimit {
  most: number;
  windowMs: number;
}

/** The times that count after one more is taken at `now`, or when the next one may be. */
export function takeOne(
  { most, windowMs }: RollingLimit,
  times: readonly Date[],
  now: Date,
): { times: Date[] } | { retryAt: Date } {
  const counted = times.filter((at) => at.getTime() > now.getTime() - windowMs);
  const inTheWay = counted.at(-most);
  return inTheWay ? { retryAt: new Date(inTheWay.getTime() + windowMs) } : { times: [...counted, now] };
}
