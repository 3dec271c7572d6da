import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a person wants of being messaged, what waits for its time, and what they saw of marketing. */
export class Deferral1795392000013 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`CREATE TABLE person_preference (
      lane lane NOT NULL,
      person_id uuid NOT NULL,
      time_zone text CHECK (char_length(time_zone) BETWEEN 1 AND 60),
      quiet_from text CHECK (quiet_from ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
      quiet_to text CHECK (quiet_to ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
      marketing_cap smallint CHECK (marketing_cap BETWEEN 0 AND 1000),
      paused_until timestamptz,
      PRIMARY KEY (lane, person_id),
      FOREIGN KEY (lane, person_id) REFERENCES person,
      CHECK ((quiet_from IS NULL) = (quiet_to IS NULL) AND quiet_from <> quiet_to)
    )`);

    // A deferred message has left the order of its conversation, whose row in the queue is due when the first of
    // those that wait is. Only written under the person's guard, so a row needs no lease of its own.
    await db.query(`CREATE TABLE message_wait (
      lane lane NOT NULL,
      message_id uuid NOT NULL,
      business_id uuid NOT NULL,
      person_id uuid NOT NULL,
      contact_id uuid NOT NULL,
      seq integer NOT NULL CHECK (seq > 0),
      purpose purpose NOT NULL,
      until timestamptz NOT NULL,
      reason text NOT NULL CHECK (char_length(reason) <= 60),
      PRIMARY KEY (lane, message_id)
    ) WITH (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_cost_delay = 0)`);
    await db.query(`CREATE INDEX message_wait_due ON message_wait (lane, contact_id, until, seq)`);
    await db.query(`CREATE INDEX message_wait_by_person ON message_wait (lane, person_id)`);

    // Like reach_place: rows go in by time and leave by time. Counted under the person's guard.
    await db.query(`CREATE TABLE marketing_seen (
      lane lane NOT NULL,
      person_id uuid NOT NULL,
      seen_at timestamptz NOT NULL,
      message_id uuid NOT NULL,
      PRIMARY KEY (lane, person_id, seen_at, message_id)
    )`);

    // A person's businesses, newest first.
    await db.query(`CREATE INDEX contact_by_person ON contact (lane, person_id, id)`);

    for (const table of ['person_preference', 'message_wait', 'marketing_seen']) {
      await db.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
      await db.query(`CREATE POLICY engine ON ${table} TO assent_engine USING (true)`);
      await db.query(`CREATE POLICY own_person ON ${table} TO assent_person
        USING (person_id = (SELECT nullif(current_setting('app.person', true), '')::uuid))`);
    }
    await db.query(`CREATE POLICY own_business ON message_wait FOR SELECT TO assent_business
      USING (business_id = (SELECT nullif(current_setting('app.business', true), '')::uuid))`);

    await db.query(`GRANT SELECT ON person_preference TO assent_engine`);
    await db.query(`GRANT SELECT, INSERT, UPDATE ON person_preference TO assent_person`);
    await db.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON message_wait TO assent_engine`);
    await db.query(`GRANT SELECT, UPDATE (until), DELETE ON message_wait TO assent_person`);
    // A business can not read whose message it is: person_id is not among the columns it is granted.
    await db.query(
      `GRANT SELECT (lane, message_id, business_id, until, reason) ON message_wait TO assent_business`,
    );
    await db.query(`GRANT SELECT, INSERT, DELETE ON marketing_seen TO assent_engine`);
    await db.query(`GRANT SELECT ON marketing_seen TO assent_person`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP INDEX contact_by_person`);
    await db.query(`DROP TABLE marketing_seen, message_wait, person_preference`);
  }
}
