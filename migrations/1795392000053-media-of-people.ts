import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Media of people, beside those of businesses; and bytes that may still arrive once they were let go of. */
export class MediaOfPeople1795392000053 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // Looked up by id alone, like those of businesses: an id that tells the lane would tell two businesses something in common.
    await db.query(`ALTER TABLE media
      ALTER COLUMN business_id DROP NOT NULL,
      ADD COLUMN lane lane,
      ADD COLUMN person_id uuid,
      ADD COLUMN sent_to uuid REFERENCES business,
      ADD CHECK ((business_id IS NULL) <> (person_id IS NULL)),
      ADD CHECK ((lane IS NULL) = (person_id IS NULL)),
      ADD CHECK (sent_to IS NULL OR (person_id IS NOT NULL AND state = 'STORED'))`);
    await db.query(`COMMENT ON COLUMN media.sent_to IS
      'Of a person: the business that the one message with it went to; null: it went with none yet.'`);
    await db.query(`CREATE INDEX media_by_person ON media (lane, person_id) INCLUDE (bytes, expires_at, sent_to)
      WHERE person_id IS NOT NULL`);
    await db.query(`CREATE POLICY own_person ON media TO assent_person
      USING (person_id = (SELECT nullif(current_setting('app.person', true), '')::uuid))`);
    await db.query(`GRANT SELECT, INSERT (id, lane, person_id, type, bytes, sha256, created_at, expires_at),
      UPDATE (state, stored_at, expires_at) ON media TO assent_person`);
    await db.query(`GRANT UPDATE (sent_to) ON media TO assent_engine`);

    await db.query(`ALTER TABLE media_removal ADD COLUMN again_at timestamptz NOT NULL DEFAULT '-infinity'`);
    await db.query(`ALTER TABLE media_removal ALTER COLUMN again_at DROP DEFAULT`);
    await db.query(`COMMENT ON COLUMN media_removal.again_at IS
      'From then on no upload can still bring the bytes: what is removed before is removed once more.'`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE media_removal DROP COLUMN again_at`);
    await db.query(`REVOKE UPDATE (sent_to) ON media FROM assent_engine`);
    await db.query(`REVOKE ALL ON media FROM assent_person`);
    await db.query(`DROP POLICY own_person ON media`);
    await db.query(`DELETE FROM media WHERE person_id IS NOT NULL`);
    await db.query(`ALTER TABLE media DROP COLUMN lane, DROP COLUMN person_id, DROP COLUMN sent_to,
      ALTER COLUMN business_id SET NOT NULL`);
  }
}
