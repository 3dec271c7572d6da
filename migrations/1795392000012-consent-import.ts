import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What businesses were answered about the opt-ins that they brought in, and the files that they bring them in by. */
export class ConsentImport1795392000012 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // Kept for good: an opt-in that is brought in again years later, after the person stopped and perhaps allowed other
    // things, must be answered as then and change nothing. Two keyed hashes and a word a row say nothing to a thief, and
    // nothing of a person who was erased.
    await db.query(`CREATE TABLE consent_import_answer (
      key_hash bytea PRIMARY KEY CHECK (octet_length(key_hash) = 32),
      body_hash bytea NOT NULL CHECK (octet_length(body_hash) = 32),
      answer text NOT NULL CHECK (char_length(answer) BETWEEN 1 AND 60)
    )`);
    await db.query(`COMMENT ON TABLE consent_import_answer IS
      'key_hash: HMAC-SHA-256 of the business and its correlation id; body_hash: of the opt-in as it was brought in.'`);

    await db.query(`ALTER TABLE consent_import_answer ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
    await db.query(`CREATE POLICY engine ON consent_import_answer TO assent_engine USING (true)`);
    await db.query(`GRANT SELECT, INSERT ON consent_import_answer TO assent_engine`);

    await db.query(`CREATE TYPE consent_import_status AS ENUM
      ('UPLOADING', 'QUEUED', 'RUNNING', 'DONE', 'FAILED', 'CANCELLED')`);
    await db.query(`CREATE TABLE consent_import_job (
      id uuid PRIMARY KEY,
      business_id uuid NOT NULL REFERENCES business,
      status consent_import_status NOT NULL DEFAULT 'UPLOADING',
      created_at timestamptz NOT NULL,
      touched_at timestamptz NOT NULL,
      ended_at timestamptz,
      bytes bigint NOT NULL DEFAULT 0 CHECK (bytes >= 0),
      bytes_done bigint NOT NULL DEFAULT 0 CHECK (bytes_done BETWEEN 0 AND bytes),
      lines_done integer NOT NULL DEFAULT 0 CHECK (lines_done >= 0),
      rows_done integer NOT NULL DEFAULT 0 CHECK (rows_done >= 0),
      parts_done integer NOT NULL DEFAULT 0 CHECK (parts_done >= 0),
      header text[],
      counts jsonb NOT NULL DEFAULT '{}',
      failure text CHECK (char_length(failure) <= 500),
      lease_until timestamptz,
      fence bigint NOT NULL DEFAULT 0,
      attempts smallint NOT NULL DEFAULT 0,
      CHECK ((ended_at IS NULL) = (status IN ('UPLOADING', 'QUEUED', 'RUNNING'))),
      CHECK ((failure IS NULL) = (status <> 'FAILED'))
    )`);
    await db.query(`COMMENT ON TABLE consent_import_job IS
      'A file of opt-ins. bytes_done, lines_done, rows_done: up to where every row has its result; parts_done: parts of the result so far.'`);
    await db.query(`CREATE INDEX consent_import_job_by_business ON consent_import_job (business_id, id)`);
    await db.query(
      `CREATE INDEX consent_import_job_open ON consent_import_job (touched_at) WHERE ended_at IS NULL`,
    );
    await db.query(
      `CREATE INDEX consent_import_job_ended ON consent_import_job (ended_at) WHERE ended_at IS NOT NULL`,
    );

    // Sealed, so already as small as they get. Pieces all have the same size but the last, so that a place in the file
    // is a number of a piece and a place in it.
    for (const table of ['consent_import_piece', 'consent_import_result']) {
      await db.query(`CREATE TABLE ${table} (
        job_id uuid NOT NULL REFERENCES consent_import_job ON DELETE CASCADE,
        nr integer NOT NULL CHECK (nr >= 0),
        business_id uuid NOT NULL,
        sealed bytea NOT NULL,
        PRIMARY KEY (job_id, nr)
      )`);
      await db.query(`ALTER TABLE ${table} ALTER COLUMN sealed SET STORAGE EXTERNAL`);
    }
    for (const table of ['consent_import_job', 'consent_import_piece', 'consent_import_result']) {
      await db.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
      await db.query(`CREATE POLICY engine ON ${table} TO assent_engine USING (true)`);
      await db.query(`CREATE POLICY own ON ${table} TO assent_business
        USING (business_id = (SELECT nullif(current_setting('app.business', true), '')::uuid))`);
      await db.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ${table} TO assent_engine`);
    }
    // What a business may do to its jobs: upload, cancel, and undo an upload that was interrupted.
    await db.query(`GRANT SELECT, INSERT, DELETE, UPDATE (status, bytes, touched_at, ended_at)
      ON consent_import_job TO assent_business`);
    await db.query(`GRANT INSERT ON consent_import_piece TO assent_business`);
    await db.query(`GRANT SELECT ON consent_import_result TO assent_business`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(
      `DROP TABLE consent_import_result, consent_import_piece, consent_import_job, consent_import_answer`,
    );
    await db.query(`DROP TYPE consent_import_status`);
  }
}
