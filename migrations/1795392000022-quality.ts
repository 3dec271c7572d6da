import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Reactions of people to businesses, what is judged from them, and how far what has happened was read. */
export class Quality1795392000022 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`CREATE TYPE quality_level AS ENUM ('UNKNOWN', 'GREEN', 'YELLOW', 'RED')`);

    // What all reactions together say; without anybody's name, so a business may read its own.
    await db.query(`CREATE TABLE quality (
      subject_id uuid PRIMARY KEY,
      business_id uuid NOT NULL REFERENCES business,
      level quality_level NOT NULL,
      since timestamptz NOT NULL,
      score double precision NOT NULL CHECK (score BETWEEN 0 AND 1),
      good double precision NOT NULL CHECK (good >= 0),
      bad double precision NOT NULL CHECK (bad >= 0),
      silent integer NOT NULL CHECK (silent >= 0),
      reads integer NOT NULL CHECK (reads >= 0),
      replies integer NOT NULL CHECK (replies >= 0),
      stops integer NOT NULL CHECK (stops >= 0),
      blocks integer NOT NULL CHECK (blocks >= 0),
      reports integer NOT NULL CHECK (reports >= 0),
      upheld integer NOT NULL CHECK (upheld >= 0),
      judged_at timestamptz NOT NULL
    )`);
    await db.query(`COMMENT ON TABLE quality IS
      'subject_id: the business itself, or one of its templates. good, bad: weighted evidence after the shares of cohorts were limited. silent … upheld: conversations that stand so, not weighted.'`);
    await db.query(`CREATE INDEX quality_by_business ON quality (business_id, subject_id)`);
    await db.query(
      `CREATE INDEX quality_by_level ON quality (level, subject_id) WHERE level IN ('YELLOW', 'RED')`,
    );

    // The latest reaction of each kind in one conversation. Written by the worker alone, from what others wrote.
    await db.query(`CREATE TABLE quality_signal (
      lane lane NOT NULL,
      contact_id uuid NOT NULL,
      subject_id uuid NOT NULL,
      business_id uuid NOT NULL REFERENCES business,
      person_id uuid NOT NULL,
      joined_at timestamptz NOT NULL,
      first_at timestamptz,
      delivered_at timestamptz,
      read_at timestamptz,
      replied_at timestamptz,
      stopped_at timestamptz,
      blocked_at timestamptz,
      reported_at timestamptz,
      upheld boolean NOT NULL DEFAULT false,
      last_at timestamptz NOT NULL,
      PRIMARY KEY (lane, contact_id, subject_id),
      FOREIGN KEY (lane, person_id) REFERENCES person,
      FOREIGN KEY (lane, contact_id) REFERENCES contact
    ) WITH (fillfactor = 70)`);
    await db.query(`CREATE INDEX quality_signal_by_subject ON quality_signal (subject_id, lane, contact_id)`);
    await db.query(`CREATE INDEX quality_signal_by_person ON quality_signal (lane, person_id, business_id)`);

    // How far the events of a business were read, and when to look again. Whoever judges a business holds its row.
    await db.query(`CREATE TABLE quality_reader (
      business_id uuid PRIMARY KEY REFERENCES business,
      xid xid8 NOT NULL DEFAULT '0',
      event_id uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
      due_at timestamptz NOT NULL
    )`);
    await db.query(`CREATE INDEX quality_reader_due ON quality_reader (due_at)`);
    // One row: how many leaves of the consent log were read. Leaves have no gaps, so none is missed.
    await db.query(`CREATE TABLE quality_consent_reader (
      one boolean PRIMARY KEY DEFAULT true CHECK (one),
      leaves bigint NOT NULL DEFAULT 0 CHECK (leaves >= 0)
    )`);
    await db.query(`INSERT INTO quality_consent_reader DEFAULT VALUES`);

    for (const table of ['quality', 'quality_signal']) {
      await db.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
      await db.query(`CREATE POLICY engine ON ${table} TO assent_engine USING (true)`);
    }
    await db.query(`CREATE POLICY own ON quality FOR SELECT TO assent_business
      USING (business_id = (SELECT nullif(current_setting('app.business', true), '')::uuid))`);
    await db.query(`CREATE POLICY admin ON quality FOR SELECT TO assent_admin USING (true)`);
    await db.query(`CREATE POLICY own_person ON quality_signal FOR SELECT TO assent_person
      USING (person_id = (SELECT nullif(current_setting('app.person', true), '')::uuid))`);
    await db.query(`CREATE POLICY eraser ON quality_signal TO assent_eraser USING (true)`);

    await db.query(`GRANT SELECT ON quality TO assent_business, assent_admin`);
    await db.query(`GRANT SELECT, INSERT, UPDATE ON quality, quality_reader TO assent_engine`);
    await db.query(`GRANT SELECT, UPDATE ON quality_consent_reader TO assent_engine`);
    await db.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON quality_signal TO assent_engine`);
    await db.query(`GRANT SELECT ON quality_signal TO assent_person`);
    await db.query(`GRANT SELECT, DELETE ON quality_signal TO assent_eraser`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE quality_consent_reader, quality_reader, quality_signal, quality`);
    await db.query(`DROP TYPE quality_level`);
  }
}
