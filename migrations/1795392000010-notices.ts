import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the platform itself tells a person in their app. */
export class Notices1795392000010 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // Drawn under the person's guard, like the numbers of the inbox: without gaps, and they commit in order.
    await db.query(`ALTER TABLE person_guard ADD COLUMN notice_seq bigint NOT NULL DEFAULT 0`);
    await db.query(`CREATE TABLE person_notice (
      lane lane NOT NULL,
      person_id uuid NOT NULL,
      id uuid NOT NULL,
      seq bigint NOT NULL CHECK (seq > 0),
      kind text NOT NULL CHECK (kind ~ '^[A-Z][A-Z_]{0,39}$'),
      business_id uuid,
      purpose purpose,
      reference_id uuid,
      data jsonb NOT NULL CHECK (jsonb_typeof(data) = 'object' AND octet_length(data::text) <= 4096),
      created_at timestamptz NOT NULL,
      read_at timestamptz,
      PRIMARY KEY (lane, person_id, id),
      UNIQUE (lane, person_id, seq),
      FOREIGN KEY (lane, person_id) REFERENCES person
    )`);
    await db.query(`COMMENT ON TABLE person_notice IS
      'business_id null: about no single business. reference_id and data: what the kind says of them. Kept for 400 days.'`);
    await db.query(`CREATE INDEX person_notice_age ON person_notice (created_at)`);

    await db.query(`ALTER TABLE person_notice ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
    await db.query(`CREATE POLICY own ON person_notice TO assent_person
      USING (person_id = (SELECT nullif(current_setting('app.person', true), '')::uuid))`);
    await db.query(`CREATE POLICY engine ON person_notice TO assent_engine USING (true)`);
    await db.query(`GRANT SELECT, INSERT, UPDATE (read_at) ON person_notice TO assent_person`);
    // UPDATE because removing old ones locks them first.
    await db.query(`GRANT SELECT, INSERT, UPDATE (read_at), DELETE ON person_notice TO assent_engine`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE person_notice`);
    await db.query(`ALTER TABLE person_guard DROP COLUMN notice_seq`);
  }
}
