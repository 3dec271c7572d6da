import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Messages that people reported, each with that one message disclosed, and what the operator did about them. */
export class Moderation1795392000023 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`CREATE TYPE report_kind AS ENUM ('SPAM', 'FRAUD', 'ABUSE', 'IMPERSONATION', 'OTHER')`);
    await db.query(`CREATE TYPE report_decision AS ENUM ('UPHELD', 'DISMISSED')`);
    await db.query(`CREATE TABLE report (
      lane lane NOT NULL,
      id uuid NOT NULL,
      person_id uuid NOT NULL,
      business_id uuid NOT NULL REFERENCES business,
      contact_id uuid NOT NULL,
      message_id uuid NOT NULL,
      kind report_kind NOT NULL,
      content bytea NOT NULL CHECK (octet_length(content) <= 32768),
      note bytea CHECK (octet_length(note) <= 8192),
      content_salt bytea NOT NULL CHECK (octet_length(content_salt) = 32),
      received_at timestamptz NOT NULL,
      reported_at timestamptz NOT NULL,
      claimed_by uuid REFERENCES admin,
      claimed_until timestamptz,
      decision report_decision,
      decided_by uuid REFERENCES admin,
      decided_at timestamptz,
      decision_note text CHECK (char_length(decision_note) BETWEEN 1 AND 1000),
      PRIMARY KEY (lane, id),
      -- Once a person and message, whatever races.
      UNIQUE (lane, person_id, message_id),
      FOREIGN KEY (lane, person_id) REFERENCES person,
      FOREIGN KEY (lane, contact_id) REFERENCES contact,
      CHECK ((claimed_by IS NULL) = (claimed_until IS NULL)),
      CHECK (num_nulls(decision, decided_by, decided_at, decision_note) IN (0, 4))
    )`);
    await db.query(`COMMENT ON COLUMN report.content IS
      'The message, and in note what the person says of it, sealed under a key of this row alone (content_salt): the operator can read what was reported, and no conversation.'`);
    await db.query(`CREATE INDEX report_by_person ON report (lane, person_id, reported_at, id)`);
    await db.query(`CREATE INDEX report_by_contact ON report (lane, contact_id)`);
    await db.query(`CREATE INDEX report_by_age ON report (reported_at, id)`);
    await db.query(`CREATE INDEX report_open ON report (reported_at, id) WHERE decision IS NULL`);

    // What was done about a report, one row a step.
    await db.query(`CREATE TABLE report_step (
      lane lane NOT NULL,
      report_id uuid NOT NULL,
      id uuid NOT NULL,
      at timestamptz NOT NULL,
      admin_id uuid NOT NULL REFERENCES admin,
      step text NOT NULL CHECK (step IN ('CLAIMED', 'UPHELD', 'DISMISSED')),
      PRIMARY KEY (lane, report_id, id),
      FOREIGN KEY (lane, report_id) REFERENCES report ON DELETE CASCADE
    )`);

    for (const table of ['report', 'report_step']) {
      await db.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
      await db.query(`CREATE POLICY admin ON ${table} TO assent_admin USING (true)`);
    }
    await db.query(`CREATE POLICY own_person ON report TO assent_person
      USING (person_id = (SELECT nullif(current_setting('app.person', true), '')::uuid))`);
    await db.query(`CREATE POLICY engine ON report FOR SELECT TO assent_engine USING (true)`);
    await db.query(`CREATE POLICY eraser ON report TO assent_eraser USING (true)`);

    await db.query(`GRANT SELECT, INSERT ON report TO assent_person`);
    await db.query(
      `GRANT SELECT (lane, id, contact_id, business_id, reported_at, decision) ON report TO assent_engine`,
    );
    // Who the person is, and which contact or message it was, stands in no column that the operator is granted.
    await db.query(`GRANT SELECT (lane, id, business_id, kind, content, note, content_salt, received_at, reported_at,
        claimed_by, claimed_until, decision, decided_by, decided_at, decision_note),
      UPDATE (claimed_by, claimed_until, decision, decided_by, decided_at, decision_note) ON report TO assent_admin`);
    await db.query(`GRANT SELECT, INSERT ON report_step TO assent_admin`);
    await db.query(`GRANT SELECT, DELETE ON report TO assent_eraser`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE report_step, report`);
    await db.query(`DROP TYPE report_decision, report_kind`);
  }
}
