import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The double check of ledgers and state: how far it is, and what it found. */
export class LedgerCheck1795392000017 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`CREATE TABLE consent_check (
      single boolean PRIMARY KEY DEFAULT true CHECK (single),
      next_leaf bigint NOT NULL DEFAULT 0 CHECK (next_leaf >= 0),
      persons bigint NOT NULL DEFAULT 0 CHECK (persons >= 0),
      alarms bigint NOT NULL DEFAULT 0 CHECK (alarms >= 0),
      checked_at timestamptz
    )`);
    await db.query(`COMMENT ON TABLE consent_check IS
      'next_leaf: events before that leaf of the consent log were checked. persons, alarms: how many ever. checked_at: when the last round ended.'`);
    await db.query(`INSERT INTO consent_check DEFAULT VALUES`);

    await db.query(`CREATE TYPE consent_alarm_kind AS ENUM
      ('ENTRY_CHANGED', 'ENTRY_MISSING', 'CHAIN_BROKEN', 'LEAF_DIFFERS', 'STATE_DIFFERS')`);
    await db.query(`CREATE TABLE consent_alarm (
      lane lane NOT NULL,
      person_id uuid NOT NULL,
      id uuid NOT NULL,
      kind consent_alarm_kind NOT NULL,
      detail text NOT NULL CHECK (char_length(detail) BETWEEN 1 AND 300),
      found_at timestamptz NOT NULL,
      resolved_at timestamptz,
      resolved_by uuid REFERENCES admin,
      note text CHECK (char_length(note) BETWEEN 1 AND 1000),
      PRIMARY KEY (lane, person_id, id),
      CHECK ((resolved_at IS NULL) = (resolved_by IS NULL) AND (resolved_at IS NULL) = (note IS NULL))
    )`);
    await db.query(`COMMENT ON COLUMN consent_alarm.detail IS
      'Which entry or subject differs: no business, no number, nothing that the person said.'`);
    // What was found once is not raised again before somebody has dealt with it.
    await db.query(
      `CREATE UNIQUE INDEX consent_alarm_open ON consent_alarm (lane, person_id, kind) WHERE resolved_at IS NULL`,
    );
    await db.query(`CREATE INDEX consent_alarm_by_id ON consent_alarm (id)`);

    await db.query(`ALTER TABLE consent_alarm ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
    for (const role of ['engine', 'admin', 'eraser']) {
      await db.query(`CREATE POLICY ${role} ON consent_alarm TO assent_${role} USING (true)`);
    }
    await db.query(`GRANT SELECT, UPDATE ON consent_check TO assent_engine`);
    await db.query(`GRANT SELECT, INSERT ON consent_alarm TO assent_engine`);
    await db.query(`GRANT SELECT, UPDATE (resolved_at, resolved_by, note) ON consent_alarm TO assent_admin`);
    await db.query(`GRANT SELECT, DELETE ON consent_alarm TO assent_eraser`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE consent_alarm, consent_check`);
    await db.query(`DROP TYPE consent_alarm_kind`);
  }
}
