/** Limits that the operator can set for one business, in place of what is configured, until a time. */
export const LimitKind = {
  REACH_PLACES: 'REACH_PLACES',
  THROUGHPUT: 'THROUGHPUT',
  PAIR_INTERVAL: 'PAIR_INTERVAL',
  PAIR_BURST: 'PAIR_BURST',
  MATCH_DAILY: 'MATCH_DAILY',
  MATCH_MONTHLY: 'MATCH_MONTHLY',
  MARKETING_WEEKLY: 'MARKETING_WEEKLY',
  TEMPLATE_SAMPLE: 'TEMPLATE_SAMPLE',
} as const;
export type LimitKind = keyof typeof LimitKind;

/** What counts in place of the configured value, before `endsAt`. */
export interface LimitOverride {
  value: number;
  endsAt: Date;
}

/** The overrides of one business: of each kind the one that nobody has ended. */
export type LimitOverrides = Readonly<Partial<Record<LimitKind, LimitOverride>>>;

/** What a limit is at a time: the override while it runs, else what is configured. */
export function limitAt<Configured extends number | null>(
  overrides: LimitOverrides,
  kind: LimitKind,
  configured: Configured,
  at: Date,
): Configured | number {
  const override = overrides[kind];
  return override && at < override.endsAt ? override.value : configured;
}

/**
 * What is left of a limit that an admin may have set, and when one more is: what was set may run out before the limit as it
 * stands would give something back, and leave more. Where it leaves less, when the limit of then gives something back.
 */
export function leftUntil<Left extends { remaining: number | null; nextFreeAt: Date | null }>(
  overrides: LimitOverrides,
  kinds: readonly LimitKind[],
  now: Date,
  leftAt: (at: Date) => Left,
): Left {
  const left = leftAt(now);
  let { nextFreeAt } = left;
  for (const end of endsAfter(overrides, kinds, now)) {
    if (nextFreeAt && nextFreeAt <= end) break;
    const then = leftAt(end);
    if ((then.remaining ?? Infinity) > (left.remaining ?? Infinity)) return { ...left, nextFreeAt: end };
    ({ nextFreeAt } = then);
  }
  return { ...left, nextFreeAt };
}

/** When overrides of these kinds run out after a time, earliest first: until the next of them no limit changes by itself. */
export function endsAfter(overrides: LimitOverrides, kinds: readonly LimitKind[], at: Date): Date[] {
  return kinds
    .flatMap((kind) => overrides[kind]?.endsAt ?? [])
    .filter((end) => end > at)
    .sort((one, other) => one.getTime() - other.getTime());
}
