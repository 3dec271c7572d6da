import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Notices to owners of businesses are written where what they tell of is, so that no crash between the two loses one. */
export class OwnerNotices1795392000033 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`CREATE TABLE owner_notice (
      id uuid PRIMARY KEY,
      business_id uuid NOT NULL REFERENCES business,
      subject text NOT NULL CHECK (length(subject) BETWEEN 1 AND 200),
      text text NOT NULL CHECK (length(text) BETWEEN 1 AND 4000),
      made_at timestamptz NOT NULL,
      due_at timestamptz NOT NULL
    )`);
    await db.query(`COMMENT ON TABLE owner_notice IS
      'Not mailed yet. due_at: when somebody may try, or try again; whoever tries moves it ahead.'`);
    await db.query(`CREATE INDEX owner_notice_due ON owner_notice (due_at)`);
    await db.query(`ALTER TABLE owner_notice ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
    await db.query(`CREATE POLICY engine ON owner_notice TO assent_engine USING (true)`);
    await db.query(`CREATE POLICY staff ON owner_notice FOR INSERT TO assent_admin WITH CHECK (true)`);
    await db.query(`GRANT SELECT, INSERT, UPDATE (due_at), DELETE ON owner_notice TO assent_engine`);
    await db.query(`GRANT INSERT ON owner_notice TO assent_admin`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE owner_notice`);
  }
}
