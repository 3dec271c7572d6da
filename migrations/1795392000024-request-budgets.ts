import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What keys, sessions, people, carriers and addresses asked for in the last minutes, in one time each. */
export class RequestBudgets1795392000024 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // Unlogged: it writes no WAL and waits for no standby, and what a crash of the database empties was full a minute
    // later anyway. Half-empty pages, so that a row moves within its page and no index entry is written.
    await db.query(`CREATE UNLOGGED TABLE request_budget (
      subject bytea PRIMARY KEY CHECK (octet_length(subject) = 16),
      full_at timestamptz NOT NULL
    ) WITH (fillfactor = 50)`);
    await db.query(`COMMENT ON TABLE request_budget IS
      'By a MAC of who asks, an address for example: when their budget of requests is full again. Forgotten once it is.'`);
    await db.query(`ALTER TABLE request_budget ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
    await db.query(`CREATE POLICY gate ON request_budget TO assent_gate USING (true)`);
    await db.query(`GRANT SELECT, INSERT, UPDATE (full_at), DELETE ON request_budget TO assent_gate`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE request_budget`);
  }
}
