import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Copies of everything that is held about a person, made for that person. */
export class Privacy1795392000014 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`CREATE TYPE export_status AS ENUM ('QUEUED', 'RUNNING', 'READY', 'FAILED')`);
    await db.query(`CREATE TABLE export_job (
      lane lane NOT NULL,
      person_id uuid NOT NULL,
      id uuid NOT NULL,
      status export_status NOT NULL DEFAULT 'QUEUED',
      requested_at timestamptz NOT NULL,
      expires_at timestamptz NOT NULL,
      done bigint NOT NULL DEFAULT 0 CHECK (done >= 0),
      estimated bigint CHECK (estimated > 0),
      salt bytea NOT NULL CHECK (octet_length(salt) = 32),
      size bigint CHECK (size > 0),
      sha256 bytea CHECK (octet_length(sha256) = 32),
      made_at timestamptz,
      lease_until timestamptz,
      fence bigint NOT NULL DEFAULT 0,
      attempts smallint NOT NULL DEFAULT 0,
      PRIMARY KEY (lane, person_id, id),
      FOREIGN KEY (lane, person_id) REFERENCES person,
      CHECK ((status = 'READY') = (made_at IS NOT NULL AND size IS NOT NULL AND sha256 IS NOT NULL))
    )`);
    await db.query(`COMMENT ON COLUMN export_job.salt IS
      'Salt of the key that the chunks are sealed under: once the row is gone, so is what they hold, in backups of the chunks too.'`);
    // One under way for a person, whatever races.
    await db.query(
      `CREATE UNIQUE INDEX export_job_under_way ON export_job (lane, person_id) WHERE status IN ('QUEUED', 'RUNNING')`,
    );
    await db.query(
      `CREATE INDEX export_job_due ON export_job (requested_at) WHERE status IN ('QUEUED', 'RUNNING')`,
    );
    await db.query(`CREATE INDEX export_job_expiry ON export_job (expires_at)`);

    await db.query(`CREATE TABLE export_chunk (
      lane lane NOT NULL,
      person_id uuid NOT NULL,
      job_id uuid NOT NULL,
      nr integer NOT NULL CHECK (nr >= 0),
      bytes bytea NOT NULL CHECK (octet_length(bytes) <= 262144),
      PRIMARY KEY (lane, person_id, job_id, nr),
      FOREIGN KEY (lane, person_id, job_id) REFERENCES export_job ON DELETE CASCADE
    )`);
    // Sealed bytes do not compress: PostgreSQL need not try.
    await db.query(`ALTER TABLE export_chunk ALTER COLUMN bytes SET STORAGE EXTERNAL`);

    for (const table of ['export_job', 'export_chunk']) {
      await db.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
      await db.query(`CREATE POLICY own ON ${table} TO assent_person
        USING (person_id = (SELECT nullif(current_setting('app.person', true), '')::uuid))`);
      await db.query(`CREATE POLICY engine ON ${table} TO assent_engine USING (true)`);
    }
    await db.query(`GRANT SELECT, INSERT ON export_job TO assent_person`);
    await db.query(`GRANT SELECT ON export_chunk TO assent_person`);
    await db.query(`GRANT SELECT, UPDATE, DELETE ON export_job TO assent_engine`);
    await db.query(`GRANT SELECT, INSERT, DELETE ON export_chunk TO assent_engine`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE export_chunk, export_job`);
    await db.query(`DROP TYPE export_status`);
  }
}
