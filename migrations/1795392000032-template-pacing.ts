import type { MigrationInterface, QueryRunner } from 'typeorm';

/** New versions of templates are paced: how far the sample of each is, and which messages wait for what it shows. */
export class TemplatePacing1795392000032 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // Counted under the guard of the business, like everything that sending spends.
    await db.query(`CREATE TABLE template_sample (
      template_id uuid PRIMARY KEY REFERENCES template ON DELETE CASCADE,
      business_id uuid NOT NULL REFERENCES business,
      version_id uuid NOT NULL REFERENCES template_version ON DELETE CASCADE,
      began_at timestamptz NOT NULL,
      used integer NOT NULL CHECK (used > 0),
      out_ms bigint NOT NULL,
      passed_at timestamptz,
      failed_at timestamptz
    ) WITH (fillfactor = 50)`);
    await db.query(`COMMENT ON TABLE template_sample IS
      'The newest sample of each template. One that began before failed_at, or of another version than sends, is begun anew.'`);
    await db.query(`COMMENT ON COLUMN template_sample.out_ms IS
      'Over all its messages, how many milliseconds after began_at each may be visible: with used, their mean time.'`);
    await db.query(`COMMENT ON COLUMN template_sample.passed_at IS
      'When a sample last was over, by its reactions or by its time; of this one, where it is later than began_at.'`);
    await db.query(`COMMENT ON COLUMN template_sample.failed_at IS
      'When the template was last paused or disabled. What waited behind a sample then ends.'`);
    await db.query(`ALTER TABLE template_sample ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
    await db.query(`CREATE POLICY staff ON template_sample TO assent_engine, assent_admin USING (true)`);
    await db.query(
      `GRANT SELECT, INSERT, UPDATE (version_id, began_at, used, out_ms, passed_at, failed_at) ON template_sample TO assent_engine`,
    );
    await db.query(`GRANT SELECT (template_id), UPDATE (failed_at) ON template_sample TO assent_admin`);

    for (const table of ['message', 'message_wait']) {
      await db.query(`ALTER TABLE ${table} ADD COLUMN paced_until timestamptz`);
      await db.query(`COMMENT ON COLUMN ${table}.paced_until IS
        'It came behind the sample of its template, and waits until then at most for reactions to that.'`);
    }
    await db.query(
      `CREATE INDEX message_wait_paced ON message_wait (template_id) WHERE reason = 'TEMPLATE_PACING'`,
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP INDEX message_wait_paced`);
    for (const table of ['message_wait', 'message'])
      await db.query(`ALTER TABLE ${table} DROP COLUMN paced_until`);
    await db.query(`DROP TABLE template_sample`);
  }
}
