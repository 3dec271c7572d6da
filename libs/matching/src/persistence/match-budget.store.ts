import { Injectable } from '@nestjs/common';
import type { BusinessStatus } from '@assent/accounts';
import type { Transaction } from '@assent/platform';
import type { MatchLimits, MatchTier, WindowFacts } from '../domain/match-budget.js';

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
}

const AT = { day: 'day_at', month: 'month_at' } as const;

/** What businesses have spent of their match budgets: a count for each window, and beside it the places counted. */
@Injectable()
export class MatchBudgetStore {
  /**
   * Locks a business's budget for this transaction, and reads who it is. All calls of one business take turns here;
   * nothing else locks this row, and it is taken before any person's.
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
      tx.rows<MatchingBusiness>({
        name: 'match-business',
        text: 'SELECT status, reach_tier AS tier FROM business WHERE id = $1',
        values: [businessId],
      }),
    ]);
    if (!business) throw new Error('A business that is signed in has no row');
    return business;
  }

  /**
   * Gives back the places that fell out of the windows, and reads what is left, as a call for these marks finds it.
   * Under the lock, and in later statements than the lock: one that waited for it in the same statement would count as
   * of before the wait.
   */
  async use(tx: Transaction, businessId: string, marks: readonly Buffer[]): Promise<BudgetUse> {
    const [[left], [held]] = await Promise.all([
      tx.rows<{ now: Date; day_used: number; month_used: number; backlog: boolean }>({
        name: 'match-expire',
        // Two index ranges, oldest first, and the rows of the call itself. A row goes when it holds neither place.
        text: `WITH clock AS MATERIALIZED (
            SELECT now, now - interval '24 hours' AS day, now - interval '720 hours' AS month
            FROM (SELECT assent_now() AS now) reading
          ), due AS MATERIALIZED (
            (SELECT mark FROM match_spend WHERE business_id = $1 AND day_at <= (SELECT day FROM clock)
              ORDER BY day_at LIMIT ${MOST_EXPIRED})
            UNION
            (SELECT mark FROM match_spend WHERE business_id = $1 AND month_at <= (SELECT month FROM clock)
              ORDER BY month_at LIMIT ${MOST_EXPIRED})
            UNION
            (SELECT mark FROM match_spend WHERE business_id = $1 AND mark = ANY($2::bytea[])
              AND (day_at <= (SELECT day FROM clock) OR month_at <= (SELECT month FROM clock)))
          ), fallen AS MATERIALIZED (
            SELECT s.mark, coalesce(s.day_at <= clock.day, false) AS of_day, coalesce(s.month_at <= clock.month, false) AS of_month,
              (s.day_at IS NULL OR s.day_at <= clock.day) AND (s.month_at IS NULL OR s.month_at <= clock.month) AS whole
            FROM due JOIN match_spend s ON s.business_id = $1 AND s.mark = due.mark CROSS JOIN clock
          ), gone AS (
            DELETE FROM match_spend s USING fallen WHERE s.business_id = $1 AND s.mark = fallen.mark AND whole
          ), halved AS (
            UPDATE match_spend s SET day_at = CASE WHEN NOT of_day THEN s.day_at END,
              month_at = CASE WHEN NOT of_month THEN s.month_at END
            FROM fallen WHERE s.business_id = $1 AND s.mark = fallen.mark AND NOT whole
          ), given_back AS (
            SELECT count(*) FILTER (WHERE of_day)::int AS day, count(*) FILTER (WHERE of_month)::int AS month FROM fallen
          ), counted AS (
            UPDATE match_budget b SET day_used = b.day_used - given_back.day,
              month_used = b.month_used - given_back.month
            FROM given_back WHERE b.business_id = $1 AND (given_back.day > 0 OR given_back.month > 0)
          )
          SELECT clock.now, b.day_used - given_back.day AS day_used, b.month_used - given_back.month AS month_used,
            greatest(given_back.day, given_back.month) >= ${MOST_EXPIRED} AS backlog
          FROM match_budget b CROSS JOIN given_back CROSS JOIN clock WHERE b.business_id = $1`,
        values: [businessId, marks],
      }),
      tx.rows<{ day: number; month: number; first_day_at: Date | null; first_month_at: Date | null }>({
        name: 'match-held',
        text: `SELECT count(day_at)::int AS day, count(month_at)::int AS month,
            min(day_at) AS first_day_at, min(month_at) AS first_month_at
          FROM match_spend WHERE business_id = $1 AND mark = ANY($2::bytea[])`,
        values: [businessId, marks],
      }),
    ]);
    if (!left || !held) throw new Error('A match budget that was locked has no row');
    return {
      now: left.now,
      day: { used: left.day_used, held: held.day, firstTakenAt: held.first_day_at },
      month: { used: left.month_used, held: held.month, firstTakenAt: held.first_month_at },
      backlog: left.backlog,
    };
  }

  /** When the nth of the places that other numbers hold in a window, oldest first, was taken. */
  async othersTakenAt(
    tx: Transaction,
    businessId: string,
    window: keyof MatchLimits,
    marks: readonly Buffer[],
    nth: number,
  ): Promise<Date> {
    const [row] = await tx.rows<{ at: Date }>({
      text: `SELECT ${AT[window]} AS at FROM match_spend
        WHERE business_id = $1 AND ${AT[window]} IS NOT NULL AND mark <> ALL($2::bytea[])
        ORDER BY ${AT[window]} OFFSET $3 LIMIT 1`,
      values: [businessId, marks, nth - 1],
    });
    if (!row) throw new Error('A match budget counts places that nobody holds');
    return row.at;
  }

  /** Takes a place in both windows for each mark that holds none, in one statement. */
  async spend(
    tx: Transaction,
    businessId: string,
    marks: readonly Buffer[],
    { now, day, month }: BudgetUse,
  ): Promise<void> {
    await tx.run({
      name: 'match-spend',
      text: `WITH taken AS (
          INSERT INTO match_spend AS s (business_id, mark, day_at, month_at)
          SELECT $1, mark, $3, $3 FROM unnest($2::bytea[]) AS mark ORDER BY mark
          ON CONFLICT (business_id, mark) DO UPDATE
            SET day_at = coalesce(s.day_at, excluded.day_at), month_at = coalesce(s.month_at, excluded.month_at)
            WHERE s.day_at IS NULL OR s.month_at IS NULL
        )
        UPDATE match_budget SET day_used = day_used + $4, month_used = month_used + $5 WHERE business_id = $1`,
      values: [businessId, marks, now, marks.length - day.held, marks.length - month.held],
    });
  }
}
