import { limitAt, type LimitOverrides } from '@assent/accounts';

/** How long a number holds the place that it took: rolling windows, not calendar days and months. */
export const MATCH_WINDOW_MS = { day: 24 * 60 * 60 * 1000, month: 30 * 24 * 60 * 60 * 1000 } as const;

/** Different numbers that a business may ask for in any 24 hours and in any 30 days. */
export interface MatchLimits {
  day: number;
  month: number;
}

const TIERS = ['TIER_250', 'TIER_2K', 'TIER_10K', 'TIER_100K', 'UNLIMITED'] as const;
/** The tier of a business; the configured limits stand in this order. */
export type MatchTier = (typeof TIERS)[number];

/** Configured limits of all tiers, smallest tier first. */
export interface MatchSettings {
  MATCH_DAILY: readonly number[];
  MATCH_MONTHLY: readonly number[];
}

/** The limits of a business at a time: those of its reach tier, where the operator has not set others for it. */
export function matchLimits(
  { tier, overrides }: { tier: MatchTier; overrides: LimitOverrides },
  all: MatchSettings,
  at: Date,
): MatchLimits {
  const nr = TIERS.indexOf(tier);
  return {
    day: limitAt(overrides, 'MATCH_DAILY', all.MATCH_DAILY[nr] ?? 0, at),
    month: limitAt(overrides, 'MATCH_MONTHLY', all.MATCH_MONTHLY[nr] ?? 0, at),
  };
}

/** One window of a business's budget at one moment, as a call for some numbers finds it. */
export interface WindowFacts {
  limit: number;
  /** Places that are held now, by numbers of the call and by others. */
  used: number;
  /** How many of the call's numbers hold a place: asking for them again is free. */
  held: number;
  /** When the first of the call's places was taken; null where it holds none. */
  firstTakenAt: Date | null;
}

/** Both windows. */
export type BudgetFacts = Record<keyof MatchLimits, WindowFacts>;

/** Whether a call for `asked` different numbers fits: all of it, or nothing. */
export function fitsBudget(asked: number, facts: BudgetFacts): boolean {
  return [facts.day, facts.month].every(
    ({ limit, used, held }) => held === asked || used + asked - held <= limit,
  );
}

/**
 * How many places of other numbers have to fall out of a window before a call fits, whether or not its own numbers
 * still hold theirs by then: 0 where it fits already, null where it never will, being larger than the limit.
 */
export function placesMissing(asked: number, { limit, used, held }: WindowFacts): number | null {
  return asked > limit ? null : Math.max(0, used - held + asked - limit);
}

/** A window, and when enough places of other numbers have fallen out of it; null: never. */
export interface WindowOutlook extends WindowFacts {
  roomAt: Date | null;
}

/**
 * The earliest time from `now` on at which the same call would pass, if nothing else is asked for until then; null
 * where there is none. A window lets a call pass from the time it has room on, and also before, for as long as all of
 * the call's numbers hold places (which matters after a tier was lowered).
 */
export function earliestMatch(
  asked: number,
  now: Date,
  outlook: Record<keyof MatchLimits, WindowOutlook>,
): Date | null {
  const passes = (name: keyof MatchLimits, at: number): boolean => {
    const { roomAt, held, firstTakenAt } = outlook[name];
    const free = held === asked && firstTakenAt && at < firstTakenAt.getTime() + MATCH_WINDOW_MS[name];
    return Boolean(free) || (roomAt !== null && at >= roomAt.getTime());
  };
  const times = [now, outlook.day.roomAt, outlook.month.roomAt]
    .flatMap((at) => (at && at >= now ? [at.getTime()] : []))
    .sort((a, b) => a - b);
  const earliest = times.find((at) => passes('day', at) && passes('month', at));
  return earliest === undefined ? null : new Date(earliest);
}
