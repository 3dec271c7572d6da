import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Media of businesses, whom they were sent to, and what is to be removed from the store. */
export class Media1795392000047 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`CREATE TYPE media_state AS ENUM ('AWAITED', 'STORED')`);
    await db.query(`CREATE TABLE media (
      id uuid PRIMARY KEY,
      business_id uuid NOT NULL REFERENCES business,
      type text NOT NULL CHECK (char_length(type) <= 100),
      bytes bigint NOT NULL CHECK (bytes > 0),
      sha256 bytea NOT NULL CHECK (octet_length(sha256) = 32),
      state media_state NOT NULL DEFAULT 'AWAITED',
      created_at timestamptz NOT NULL,
      stored_at timestamptz,
      expires_at timestamptz NOT NULL,
      CHECK ((state = 'STORED') = (stored_at IS NOT NULL))
    )`);
    await db.query(`COMMENT ON COLUMN media.expires_at IS
      'When it is removed: an upload that is not completed, what is not sent, or some days behind the last message that it went with.'`);
    await db.query(`CREATE INDEX media_by_business ON media (business_id) INCLUDE (bytes, expires_at)`);
    await db.query(`CREATE INDEX media_expiry ON media (expires_at)`);

    await db.query(`CREATE TABLE media_use (
      lane lane NOT NULL,
      person_id uuid NOT NULL,
      media_id uuid NOT NULL REFERENCES media ON DELETE CASCADE,
      business_id uuid NOT NULL,
      PRIMARY KEY (lane, person_id, media_id)
    )`);
    await db.query(`CREATE INDEX media_use_by_media ON media_use (media_id)`);

    await db.query(`CREATE TABLE media_removal (media_id uuid PRIMARY KEY, due_at timestamptz NOT NULL)`);
    await db.query(`COMMENT ON TABLE media_removal IS
      'Bytes that are to be removed from the store. due_at: when somebody may try, or try again.'`);
    await db.query(`CREATE INDEX media_removal_due ON media_removal (due_at)`);

    for (const table of ['media', 'media_use', 'media_removal']) {
      await db.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
      await db.query(`CREATE POLICY engine ON ${table} TO assent_engine USING (true)`);
      await db.query(`CREATE POLICY eraser ON ${table} TO assent_eraser USING (true)`);
    }
    await db.query(`CREATE POLICY own ON media TO assent_business
      USING (business_id = (SELECT nullif(current_setting('app.business', true), '')::uuid))`);
    await db.query(`CREATE POLICY own ON media_use FOR SELECT TO assent_person
      USING (person_id = (SELECT nullif(current_setting('app.person', true), '')::uuid))`);
    await db.query(`GRANT SELECT, INSERT, UPDATE (state, stored_at, expires_at) ON media TO assent_business`);
    await db.query(`GRANT SELECT, UPDATE (expires_at), DELETE ON media TO assent_engine`);
    await db.query(`GRANT SELECT, INSERT, DELETE ON media_use TO assent_engine`);
    await db.query(`GRANT SELECT ON media_use TO assent_person`);
    await db.query(`GRANT SELECT, INSERT, UPDATE (due_at), DELETE ON media_removal TO assent_engine`);
    // A lock for a deletion asks for the right to change something.
    await db.query(`GRANT SELECT, UPDATE (expires_at), DELETE ON media TO assent_eraser`);
    await db.query(`GRANT SELECT, DELETE ON media_use TO assent_eraser`);
    await db.query(`GRANT INSERT ON media_removal TO assent_eraser`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE media_removal, media_use, media`);
    await db.query(`DROP TYPE media_state`);
  }
}
