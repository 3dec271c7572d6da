/** The rungs of the ladder: how many days a restriction lasts; closure lasts until an admin ends it. */
export const RestrictionRung = {
  DAY_1: 'DAY_1',
  DAYS_3: 'DAYS_3',
  DAYS_7: 'DAYS_7',
  DAYS_30: 'DAYS_30',
  CLOSURE: 'CLOSURE',
} as const;
export type RestrictionRung = keyof typeof RestrictionRung;

const DAY_MS = 24 * 60 * 60 * 1000;
const RUNGS = Object.values(RestrictionRung);
const DAYS: Readonly<Record<RestrictionRung, number | null>> = {
  DAY_1: 1,
  DAYS_3: 3,
  DAYS_7: 7,
  DAYS_30: 30,
  CLOSURE: null,
};

/** For each full period without a restriction, one rung is forgiven. */
export const FORGIVEN_AFTER_MS = 90 * DAY_MS;

/** A business may appeal while a restriction is in force, and for this long after its end: it counts for the next one. */
export const APPEAL_MS = 30 * DAY_MS;

/** Why a business was restricted: people's reactions, by the published rule, or an admin. */
export const RestrictionCause = { QUALITY: 'QUALITY', ADMIN: 'ADMIN' } as const;
export type RestrictionCause = keyof typeof RestrictionCause;

/** How a restriction ended before its time. */
export const RestrictionEnd = { LIFTED: 'LIFTED', OVERTURNED: 'OVERTURNED', REPLACED: 'REPLACED' } as const;
export type RestrictionEnd = keyof typeof RestrictionEnd;

/** What became of an appeal. */
export const AppealDecision = { UPHELD: 'UPHELD', OVERTURNED: 'OVERTURNED' } as const;
export type AppealDecision = keyof typeof AppealDecision;

/** How often something happened that a restriction rests on. It says nothing about who it was. */
export interface Evidence {
  what: string;
  count: number;
}

/** How many people did what against a business, as the evidence of its restriction. */
export function evidenceOf({
  reports,
  blocks,
  stops,
}: Record<'reports' | 'blocks' | 'stops', number>): Evidence[] {
  return Object.entries({ reports, blocks, stops }).map(([what, count]) => ({ what, count }));
}

/** A business's appeal, and what an admin made of it. */
export interface Appeal {
  text: string;
  appealedAt: Date;
  decision: AppealDecision | null;
  decisionReason: string | null;
  decidedAt: Date | null;
}

/** One restriction of a business. */
export interface Restriction {
  id: string;
  businessId: string;
  rung: RestrictionRung;
  beganAt: Date;
  /** Null: closure. */
  until: Date | null;
  cause: RestrictionCause;
  reason: string;
  evidence: Evidence[];
  /** Null: nobody ended it. */
  endedAt: Date | null;
  endedHow: RestrictionEnd | null;
  endReason: string | null;
  appeal: Appeal | null;
}

/** When a restriction that begins now ends by itself; null: never. */
export function untilOf(rung: RestrictionRung, now: Date): Date | null {
  const days = DAYS[rung];
  return days === null ? null : new Date(now.getTime() + days * DAY_MS);
}

/** When a restriction ended or will; null: not by itself. */
export function endOf({ endedAt, until }: Pick<Restriction, 'endedAt' | 'until'>): Date | null {
  return endedAt ?? until;
}

/** Whether a restriction is in force at a time. It ends at `until`, not after it. */
export function isInForce(restriction: Pick<Restriction, 'endedAt' | 'until'>, at: Date): boolean {
  const end = endOf(restriction);
  return end === null || at < end;
}

/**
 * The rung of the next restriction: one above the last one that stands, less one for every 90 full days since its end,
 * and never below the first. A restriction that was overturned does not stand.
 *
 * @param last the newest one that stands, and has ended; null: there is none
 */
export function nextRung(
  last: Pick<Restriction, 'rung' | 'endedAt' | 'until'> | null,
  now: Date,
): RestrictionRung {
  if (!last) return 'DAY_1';
  const end = endOf(last) ?? now;
  const forgiven = Math.floor(Math.max(0, now.getTime() - end.getTime()) / FORGIVEN_AFTER_MS);
  return RUNGS[Math.min(Math.max(0, RUNGS.indexOf(last.rung) + 1 - forgiven), RUNGS.length - 1)] ?? 'CLOSURE';
}
