import type { Database } from '../database/database.js';

/** What one subject took: milliseconds by which its bucket is full later. */
export interface Taken {
  /** MAC of who it is. */
  subject: Buffer;
  ms: number;
}

/** A bucket after settling. */
export interface Settled {
  subject: Buffer;
  /** Both by the database's clock, in milliseconds. */
  full_at: number;
  now: number;
}

/** The buckets that all processes share. */
export class BudgetStore {
  constructor(private readonly database: Database) {}

  /**
   * Adds up what was taken, in one statement; its row locks are taken in the order of subjects. Debts are kept up to two
   * minutes, and a bucket that is full later than any debt says is one from before the clock was set back.
   */
  settle(taken: readonly Taken[]): Promise<Settled[]> {
    return this.database.rows<Settled & Record<string, unknown>>(
      { role: 'gate' },
      {
        name: 'settle-request-budgets',
        text: `WITH clock AS MATERIALIZED (SELECT assent_now() AS now)
          INSERT INTO request_budget AS known (subject, full_at)
          SELECT subject, now + least(ms, 120000) * interval '1 millisecond'
          FROM unnest($1::bytea[], $2::float8[]) AS taken (subject, ms), clock
          ORDER BY subject
          ON CONFLICT (subject) DO UPDATE SET full_at = CASE
            WHEN known.full_at BETWEEN (SELECT now FROM clock) AND (SELECT now FROM clock) + interval '3 minutes'
            THEN least(
              known.full_at + (excluded.full_at - (SELECT now FROM clock)),
              (SELECT now FROM clock) + interval '2 minutes')
            ELSE excluded.full_at END
          RETURNING subject, (extract(epoch FROM full_at) * 1000)::float8 AS full_at,
            (SELECT (extract(epoch FROM now) * 1000)::float8 FROM clock) AS now`,
        values: [taken.map(({ subject }) => subject), taken.map(({ ms }) => ms)],
      },
    );
  }

  /** Forgets buckets that are full again. */
  async forget(): Promise<void> {
    await this.database.rows(
      { role: 'gate' },
      {
        text: `DELETE FROM request_budget
          WHERE full_at < assent_now() OR full_at > assent_now() + interval '3 minutes'`,
      },
    );
  }
}
