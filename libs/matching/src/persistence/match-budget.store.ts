import { Injectable } from '@nestjs/common';
import {
  type BusinessStatus,
  type LimitOverrides,
  type LimitOverridesColumn,
  selectLimitOverrides,
  toLimitOverrides,
} from '@assent/accounts';
import type { Transaction } from '@assent/platform';
import type { MatchLimits, MatchTier, WindowFacts } from '../domain/match-budget.js';
import { MARK_BYTES } from './match-marks.js';

/**
 * Most places of a window that one statement gives back. More than one call can take, so whoever still finds too little
 * room afterwards either has to wait or has a backlog, and goes round again.
 */
const MOST_EXPIRED = 20_000;

/** What a window is, but for its limit. */
export type WindowUse = Omit<WindowFacts, 'limit'>;

/** Both windows of a business at one moment. */
export interface BudgetUse {
  now: Date;
  day: WindowUse;
  month: WindowUse;
  /** Places may have fallen out that are still counted. */
  backlog: boolean;
}

/** Who asks. */
export interface MatchingBusiness {
  status: BusinessStatus;
  tier: MatchTier;
  overrides: LimitOverrides;
}

interface BusinessRow {
  status: BusinessStatus;
  tier: MatchTier;
  overrides: LimitOverridesColumn;
}

/** What is used of a budget at a moment, without a lock. */
export interface BudgetNow {
  now: Date;
  business: MatchingBusiness;
  day: { used: number; oldestAt: Date | null };
  month: { used: number; oldestAt: Date | null };
}

type NowRow = BusinessRow & {
  now: Date;
  day_used: number;
  month_used: number;
  day_oldest: Date | null;
  month_oldest: Date | null;
};

interface UseRow {
  now: Date;
  day_used: number;
  month_used: number;
  day_held: number;
  month_held: number;
  first_day_at: Date | null;
  first_month_at: Date | null;
  backlog: boolean;
}

const AT = { day: 'day_at', month: 'month_at' } as const;

/**
 * The marks of a call, which are handed over as one value ($2), end to end: 10,000 elements of an array would take
 * longer to write and to read than to look up. As an array they are looked up one by one in the primary key whatever
 * the planner believes; joined as rows, a business with many places would have all of them read for a single number.
 */
const ASKED = `SELECT substr($2::bytea, nr * ${MARK_BYTES} + 1, ${MARK_BYTES}) AS mark
  FROM generate_series(0, length($2::bytea) / ${MARK_BYTES} - 1) AS nr`;

/** What businesses have spent of their match budgets: a count for each window, and beside it the places counted. */
@Injectable()
export class MatchBudgetStore {
  /**
   * Locks a business's budget for this transaction, and reads who it is. All calls of one business take turns here;
   * what an admin changes of its limits waits here too. It is taken before any person's.
   */
  async lock(tx: Transaction, businessId: string): Promise<MatchingBusiness> {
    const [, , [business]] = await Promise.all([
      tx.run({
        name: 'match-budget-make',
        text: 'INSERT INTO match_budget (business_id) VALUES ($1) ON CONFLICT DO NOTHING',
        values: [businessId],
      }),
      tx.run({
        name: 'match-budget-lock',
        text: 'SELECT FROM match_budget WHERE business_id = $1 FOR NO KEY UPDATE',
        values: [businessId],
      }),
      tx.rows<BusinessRow>({
        name: 'match-business',
        text: `SELECT status, reach_tier AS tier, ${selectLimitOverrides('business.id')} AS overrides
          FROM business WHERE id = $1`,
        values: [businessId],
      }),
    ]);
    if (!business) throw new Error('A business that is signed in has no row');
    return { ...business, overrides: toLimitOverrides(business.overrides) };
  }

  /**
   * Gives back the places that fell out of the windows, and reads what is left, as a call for these marks finds it.
   * Under the lock, and in a later statement than the lock: one that waited for it in the same statement would count as
   * of before the wait.
   */
  async use(tx: Transaction, businessId: string, marks: Buffer): Promise<BudgetUse> {
    const [row] = await tx.rows<UseRow>({
      name: 'match-use',
      // What fell out: two index ranges, oldest first, and whatever the call itself asks for. A row that holds neither
      // place any more goes.
      text: `WITH clock AS MATERIALIZED (
          SELECT now, now - interval '24 hours' AS day, now - interval '720 hours' AS month
          FROM (SELECT assent_now() AS now) reading
        ), own AS MATERIALIZED (
          SELECT mark, day_at, month_at FROM match_spend WHERE business_id = $1 AND mark = ANY (ARRAY(${ASKED}))
        ), due AS (
          (SELECT mark, day_at, month_at FROM match_spend
            WHERE business_id = $1 AND day_at <= (SELECT day FROM clock) ORDER BY day_at LIMIT ${MOST_EXPIRED})
          UNION
          (SELECT mark, day_at, month_at FROM match_spend
            WHERE business_id = $1 AND month_at <= (SELECT month FROM clock) ORDER BY month_at LIMIT ${MOST_EXPIRED})
          UNION
          (SELECT mark, day_at, month_at FROM own
            WHERE day_at <= (SELECT day FROM clock) OR month_at <= (SELECT month FROM clock))
        ), fallen AS MATERIALIZED (
          SELECT mark, coalesce(day_at <= day, false) AS of_day, coalesce(month_at <= month, false) AS of_month,
            coalesce(day_at <= day, true) AND coalesce(month_at <= month, true) AS whole
          FROM due CROSS JOIN clock
        ), gone AS (
          DELETE FROM match_spend
          WHERE business_id = $1 AND mark = ANY (ARRAY(SELECT mark FROM fallen WHERE whole))
        ), halved AS (
          UPDATE match_spend SET day_at = CASE WHEN day_at > (SELECT day FROM clock) THEN day_at END,
            month_at = CASE WHEN month_at > (SELECT month FROM clock) THEN month_at END
          WHERE business_id = $1 AND mark = ANY (ARRAY(SELECT mark FROM fallen WHERE NOT whole))
        ), freed AS (
          SELECT count(*) FILTER (WHERE of_day)::int AS day, count(*) FILTER (WHERE of_month)::int AS month FROM fallen
        ), counted AS (
          UPDATE match_budget b SET day_used = b.day_used - freed.day, month_used = b.month_used - freed.month
          FROM freed WHERE b.business_id = $1 AND (freed.day > 0 OR freed.month > 0)
        ), held AS (
          SELECT count(*) FILTER (WHERE day_at > day)::int AS day, count(*) FILTER (WHERE month_at > month)::int AS month,
            min(day_at) FILTER (WHERE day_at > day) AS first_day_at,
            min(month_at) FILTER (WHERE month_at > month) AS first_month_at
          FROM own CROSS JOIN clock
        )
        SELECT clock.now, b.day_used - freed.day AS day_used, b.month_used - freed.month AS month_used,
          held.day AS day_held, held.month AS month_held, held.first_day_at, held.first_month_at,
          greatest(freed.day, freed.month) >= ${MOST_EXPIRED} AS backlog
        FROM match_budget b CROSS JOIN freed CROSS JOIN held CROSS JOIN clock WHERE b.business_id = $1`,
      values: [businessId, marks],
    });
    if (!row) throw new Error('A match budget that was locked has no row');
    return {
      now: row.now,
      day: { used: row.day_used, held: row.day_held, firstTakenAt: row.first_day_at },
      month: { used: row.month_used, held: row.month_held, firstTakenAt: row.first_month_at },
      backlog: row.backlog,
    };
  }

  /** What is used now. What has fallen out of a window, and no call has given back yet, is not counted. */
  async now(tx: Transaction, businessId: string): Promise<BudgetNow> {
    const fallen = (window: keyof MatchLimits) =>
      `(SELECT count(*)::int FROM match_spend WHERE business_id = b.id AND ${AT[window]} <= clock.${window})`;
    const oldest = (window: keyof MatchLimits) =>
      `(SELECT ${AT[window]} FROM match_spend WHERE business_id = b.id AND ${AT[window]} > clock.${window} ORDER BY ${AT[window]} LIMIT 1)`;
    const [row] = await tx.rows<NowRow>({
      text: `SELECT clock.now, b.status, b.reach_tier AS tier, ${selectLimitOverrides('b.id')} AS overrides,
          coalesce(m.day_used - ${fallen('day')}, 0) AS day_used, coalesce(m.month_used - ${fallen('month')}, 0) AS month_used,
          ${oldest('day')} AS day_oldest, ${oldest('month')} AS month_oldest
        FROM (SELECT now, now - interval '24 hours' AS day, now - interval '720 hours' AS month
          FROM (SELECT assent_now() AS now OFFSET 0) reading) clock
        CROSS JOIN business b LEFT JOIN match_budget m ON m.business_id = b.id WHERE b.id = $1`,
      values: [businessId],
    });
    if (!row) throw new Error('A business that is signed in has no row');
    return {
      now: row.now,
      business: { ...row, overrides: toLimitOverrides(row.overrides) },
      day: { used: row.day_used, oldestAt: row.day_oldest },
      month: { used: row.month_used, oldestAt: row.month_oldest },
    };
  }

  /** When the nth of the places that other numbers hold in a window, oldest first, was taken. */
  async othersTakenAt(
    tx: Transaction,
    businessId: string,
    window: keyof MatchLimits,
    marks: Buffer,
    nth: number,
  ): Promise<Date> {
    const [row] = await tx.rows<{ at: Date }>({
      name: `match-others-${window}`,
      text: `SELECT ${AT[window]} AS at FROM match_spend
        WHERE business_id = $1 AND ${AT[window]} IS NOT NULL AND mark NOT IN (${ASKED})
        ORDER BY ${AT[window]} OFFSET $3 LIMIT 1`,
      values: [businessId, marks, nth - 1],
    });
    if (!row) throw new Error('A match budget counts places that nobody holds');
    return row.at;
  }

  /** Takes a place in both windows for each mark that holds none, in one statement, under the lock. */
  async spend(tx: Transaction, businessId: string, marks: Buffer, use: BudgetUse): Promise<void> {
    const asked = marks.length / MARK_BYTES;
    await tx.run({
      name: 'match-spend',
      // Nobody else writes places of this business, so none has to be looked out for: an upsert costs as much again.
      text: `WITH known AS MATERIALIZED (
          SELECT mark FROM match_spend WHERE business_id = $1 AND mark = ANY (ARRAY(${ASKED}))
        ), taken AS (
          INSERT INTO match_spend (business_id, mark, day_at, month_at)
          SELECT $1, mark, $3, $3 FROM (${ASKED}) asked WHERE mark NOT IN (SELECT mark FROM known) ORDER BY mark
        ), completed AS (
          UPDATE match_spend SET day_at = coalesce(day_at, $3), month_at = coalesce(month_at, $3)
          WHERE business_id = $1 AND mark = ANY (ARRAY(SELECT mark FROM known)) AND (day_at IS NULL OR month_at IS NULL)
        )
        UPDATE match_budget SET day_used = day_used + $4, month_used = month_used + $5 WHERE business_id = $1`,
      values: [businessId, marks, use.now, asked - use.day.held, asked - use.month.held],
    });
  }
}
