import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Conversations that could not be dispatched time and again: as an admin sees them, and lets them go on. */
export class ParkedConversations1795392000044 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // What was parked goes on once: why it was is not known in this form, and its tries were counted otherwise.
    await db.query(`ALTER TABLE conversation_queue DROP COLUMN parked_error`);
    await db.query(`UPDATE conversation_queue SET parked_at = NULL, attempts = 0`);
    await db.query(`ALTER TABLE conversation_queue ADD COLUMN parked_id uuid,
      ADD COLUMN parked_code text CHECK (char_length(parked_code) BETWEEN 1 AND 60),
      ADD CHECK (num_nulls(parked_at, parked_id, parked_code) IN (0, 3))`);
    await db.query(`COMMENT ON COLUMN conversation_queue.attempts IS
      'How often in a row it could not be dispatched for a reason of its own: neither lost leases nor outages count.'`);
    await db.query(
      `CREATE INDEX conversation_parked ON conversation_queue (parked_id) WHERE parked_id IS NOT NULL`,
    );

    await db.query(`CREATE TABLE parked_retry (
      parked_id uuid PRIMARY KEY,
      business_id uuid NOT NULL REFERENCES business,
      code text NOT NULL,
      parked_at timestamptz NOT NULL,
      retried_by uuid NOT NULL REFERENCES admin,
      retried_at timestamptz NOT NULL
    )`);
    await db.query(
      `COMMENT ON TABLE parked_retry IS 'Who let which parked conversation go on. It names nobody.'`,
    );
    await db.query(`ALTER TABLE parked_retry ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
    await db.query(`CREATE POLICY admin ON parked_retry TO assent_admin USING (true)`);
    await db.query(`GRANT SELECT, INSERT ON parked_retry TO assent_admin`);

    // Columns that say nothing about who it is; and all that an admin can do with a row is let it go on.
    await db.query(`CREATE POLICY admin_read ON conversation_queue FOR SELECT TO assent_admin USING (true)`);
    await db.query(`CREATE POLICY admin_retry ON conversation_queue FOR UPDATE TO assent_admin
      USING (parked_at IS NOT NULL) WITH CHECK (parked_at IS NULL)`);
    await db.query(`GRANT SELECT (business_id, priority, attempts, parked_at, parked_id, parked_code),
      UPDATE (due_at, attempts, parked_at, parked_id, parked_code) ON conversation_queue TO assent_admin`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE parked_retry`);
    await db.query(`DROP POLICY admin_retry ON conversation_queue`);
    await db.query(`DROP POLICY admin_read ON conversation_queue`);
    await db.query(`REVOKE ALL (business_id, priority, attempts, due_at, parked_at, parked_id, parked_code)
      ON conversation_queue FROM assent_admin`);
    await db.query(`DROP INDEX conversation_parked`);
    await db.query(`ALTER TABLE conversation_queue DROP COLUMN parked_id, DROP COLUMN parked_code,
      ADD COLUMN parked_error text CHECK (char_length(parked_error) <= 500)`);
    await db.query(`COMMENT ON COLUMN conversation_queue.attempts IS NULL`);
  }
}
