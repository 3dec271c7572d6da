/**
 * How many standard deviations apart the ranks of two samples are (Mann–Whitney U, normal approximation for 20 or more of each,
 * https://en.wikipedia.org/wiki/Mann%E2%80%93Whitney_U_test): positive where the first ones are the larger.
 */
export function rankDistance(first: readonly number[], second: readonly number[]): number {
  const all = [
    ...first.map((value) => ({ value, isFirst: true })),
    ...second.map((value) => ({ value, isFirst: false })),
  ].sort((a, b) => a.value - b.value);
  const ranks = all.reduce((sum, { isFirst }, at) => (isFirst ? sum + at + 1 : sum), 0);
  const [n, m] = [first.length, second.length];
  const u = ranks - (n * (n + 1)) / 2;
  return (u - (n * m) / 2) / Math.sqrt((n * m * (n + m + 1)) / 12);
}

/** The middle one. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

const MOST_DISTANCE = 4;
const MOST_SHARE = 0.1;

/**
 * Whether times tell two things apart, which takes both: ranks further apart than chance makes them once in 15,000 runs (|z| ≥ 4),
 * and medians by a tenth.
 */
export function tellsApart(first: readonly number[], second: readonly number[]): boolean {
  return (
    Math.abs(rankDistance(first, second)) >= MOST_DISTANCE &&
    Math.abs(median(first) / median(second) - 1) >= MOST_SHARE
  );
}
