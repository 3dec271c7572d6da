import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sealing anew what older keys sealed: how far it is, and the one role that may exchange sealed bytes for others. */
export class KeyRotation1795392000051 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`DO $$ BEGIN
      CREATE ROLE assent_rekeyer NOLOGIN;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END $$`);
    await db.query(`DO $$ BEGIN
      GRANT assent_rekeyer TO CURRENT_USER;
      IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'assent_app') THEN GRANT assent_rekeyer TO assent_app; END IF;
    END $$`);

    await db.query(`ALTER TABLE key_check ADD COLUMN seen_at timestamptz NOT NULL DEFAULT assent_now()`);
    await db.query(`COMMENT ON COLUMN key_check.seen_at IS
      'When a process first had this version: from then on it may have been written with.'`);
    await db.query(`GRANT SELECT, DELETE ON key_check TO assent_rekeyer`);

    await db.query(`CREATE TABLE key_rotation (
      place text PRIMARY KEY CHECK (char_length(place) BETWEEN 1 AND 120),
      version smallint NOT NULL CHECK (version BETWEEN 1 AND 255),
      after text[],
      looked bigint NOT NULL DEFAULT 0,
      resealed bigint NOT NULL DEFAULT 0,
      unreadable bigint NOT NULL DEFAULT 0,
      done_at timestamptz
    )`);
    await db.query(`COMMENT ON TABLE key_rotation IS
      'How far each place is sealed anew with a version: after is the key of the last row that was looked at.'`);
    await db.query(`GRANT SELECT, INSERT, UPDATE ON key_rotation TO assent_rekeyer`);

    for (const [table, { read, write, open }] of Object.entries(SEALED)) {
      await db.query(`GRANT SELECT (${read}) ON ${table} TO assent_rekeyer`);
      if (write) await db.query(`GRANT UPDATE (${write}) ON ${table} TO assent_rekeyer`);
      if (!open) await db.query(`CREATE POLICY rekeyer ON ${table} TO assent_rekeyer USING (true)`);
    }
    await db.query(`GRANT INSERT, DELETE ON number_directory TO assent_rekeyer`);
  }

  async down(db: QueryRunner): Promise<void> {
    for (const [table, { read, write, open }] of Object.entries(SEALED)) {
      if (!open) await db.query(`DROP POLICY rekeyer ON ${table}`);
      await db.query(`REVOKE SELECT (${read}) ON ${table} FROM assent_rekeyer`);
      if (write) await db.query(`REVOKE UPDATE (${write}) ON ${table} FROM assent_rekeyer`);
    }
    await db.query(`REVOKE INSERT, DELETE ON number_directory FROM assent_rekeyer`);
    await db.query(`DROP TABLE key_rotation`);
    await db.query(`REVOKE ALL ON key_check FROM assent_rekeyer`);
    await db.query(`ALTER TABLE key_check DROP COLUMN seen_at`);
  }
}

/** What is sealed, by which columns it is found and opened, and what may be exchanged. `open`: no row-level security. */
const SEALED: Record<string, { read: string; write?: string; open?: true }> = {
  person_guard: { read: 'lane, person_id', write: 'inbox_seq' }, // to lock a row
  person_number: { read: 'lane, person_id, phone_sealed', write: 'phone_sealed' },
  number_directory: { read: 'bucket, phone_index, index_version, lane, person_id', open: true },
  number_tombstone: { read: 'bucket, mark, mark_version', open: true },
  contact: { read: 'lane, id, content_salt' },
  message: { read: 'lane, id, contact_id, content_suite, content', write: 'content' },
  conversation_note: { read: 'lane, id, contact_id, content_suite, content', write: 'content' },
  reaction: { read: 'lane, message_id, side, contact_id, content_suite, content', write: 'content' },
  stop_review: { read: 'lane, id, content, content_salt', write: 'content' },
  report: { read: 'lane, id, content, note, content_salt', write: 'content, note' },
  export_job: { read: 'lane, person_id, id, salt' },
  export_chunk: { read: 'lane, person_id, job_id, nr, bytes', write: 'bytes' },
  consent_import_piece: { read: 'job_id, nr, sealed', write: 'sealed' },
  consent_import_result: { read: 'job_id, nr, sealed', write: 'sealed' },
  webhook_endpoint: {
    read: 'id, secret_sealed, previous_sealed',
    write: 'secret_sealed, previous_sealed',
  },
  admin_second_factor: { read: 'admin_id, sealed_secret', write: 'sealed_secret' },
  keyed_answer: { read: 'key_hash, created_at, answer' },
};
