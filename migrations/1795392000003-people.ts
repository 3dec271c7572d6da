import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Persons, their numbers, devices and sessions.
 *
 * `lane` (0–1023, fixed for a person at creation) is part of every key of a person-side table: it is the distribution
 * key of a sharded database and the unit of work of a worker.
 */
export class People1795392000003 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`CREATE DOMAIN lane AS smallint CHECK (VALUE BETWEEN 0 AND 1023)`);
    await db.query(`CREATE TABLE person (
      lane lane NOT NULL,
      id uuid NOT NULL,
      country char(2) CHECK (country ~ '^[A-Z]{2}$'),
      created_at timestamptz NOT NULL,
      PRIMARY KEY (lane, id)
    )`);

    // The row that everything about one person is decided under: sends, dispatch and stops lock it FOR NO KEY UPDATE.
    // Room on the page keeps its updates in place (HOT), however often it is written.
    await db.query(`CREATE TABLE person_guard (
      lane lane NOT NULL,
      person_id uuid NOT NULL,
      consent_seq bigint NOT NULL DEFAULT 0,
      consent_head bytea,
      inbox_seq bigint NOT NULL DEFAULT 0,
      PRIMARY KEY (lane, person_id),
      FOREIGN KEY (lane, person_id) REFERENCES person
    ) WITH (fillfactor = 70)`);

    await db.query(`CREATE TABLE person_number (
      lane lane NOT NULL,
      person_id uuid NOT NULL,
      phone_sealed bytea NOT NULL,
      verified_at timestamptz NOT NULL,
      PRIMARY KEY (lane, person_id),
      FOREIGN KEY (lane, person_id) REFERENCES person
    )`);
    await db.query(`COMMENT ON COLUMN person_number.phone_sealed IS
      'Version byte, nonce, AES-256-GCM of the E.164 number under the seal key; opened only where a carrier must dial.'`);

    // Keyed by bits of the index, not by lane: who looks a number up does not know whose it is.
    await db.query(`CREATE TABLE number_directory (
      bucket smallint NOT NULL CHECK (bucket BETWEEN 0 AND 1023),
      phone_index bytea NOT NULL CHECK (octet_length(phone_index) = 32),
      index_version smallint NOT NULL,
      lane lane NOT NULL,
      person_id uuid NOT NULL,
      PRIMARY KEY (bucket, phone_index)
    )`);
    await db.query(`COMMENT ON COLUMN number_directory.phone_index IS
      'HMAC-SHA-256 of the E.164 number under the index key; bucket is its first ten bits.'`);

    await db.query(`CREATE TABLE phone_code (
      bucket smallint NOT NULL CHECK (bucket BETWEEN 0 AND 1023),
      phone_index bytea NOT NULL CHECK (octet_length(phone_index) = 32),
      code_hash bytea NOT NULL,
      attempts smallint NOT NULL DEFAULT 0,
      sent_at timestamptz[] NOT NULL,
      expires_at timestamptz NOT NULL,
      PRIMARY KEY (bucket, phone_index)
    )`);
    await db.query(`CREATE INDEX phone_code_expiry ON phone_code (expires_at)`);

    await db.query(`CREATE TABLE person_session (
      token_hash bytea PRIMARY KEY,
      lane lane NOT NULL,
      person_id uuid NOT NULL,
      created_at timestamptz NOT NULL,
      expires_at timestamptz NOT NULL,
      FOREIGN KEY (lane, person_id) REFERENCES person
    )`);
    await db.query(`CREATE INDEX person_session_by_person ON person_session (lane, person_id)`);
    await db.query(`CREATE INDEX person_session_expiry ON person_session (expires_at)`);

    await db.query(`CREATE TABLE device (
      lane lane NOT NULL,
      person_id uuid NOT NULL,
      id uuid NOT NULL,
      name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 120),
      public_key bytea NOT NULL CHECK (octet_length(public_key) = 32),
      created_at timestamptz NOT NULL,
      PRIMARY KEY (lane, person_id, id),
      UNIQUE (lane, person_id, public_key),
      FOREIGN KEY (lane, person_id) REFERENCES person
    )`);

    for (const table of ['person', 'person_guard', 'person_number', 'person_session', 'device']) {
      const key = table === 'person' ? 'id' : 'person_id';
      await db.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
      await db.query(`CREATE POLICY own ON ${table} TO assent_person
        USING (${key} = (SELECT nullif(current_setting('app.person', true), '')::uuid))`);
      await db.query(`CREATE POLICY gate ON ${table} TO assent_gate USING (true)`);
    }
    await db.query(`CREATE POLICY engine ON person_guard TO assent_engine USING (true)`);
    await db.query(`CREATE POLICY engine ON person TO assent_engine USING (true)`);

    await db.query(`GRANT SELECT, INSERT ON person, person_guard, person_number TO assent_gate`);
    await db.query(`GRANT UPDATE (verified_at) ON person_number TO assent_gate`);
    await db.query(
      `GRANT SELECT, INSERT, UPDATE (index_version, lane, person_id) ON number_directory TO assent_gate`,
    );
    await db.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON phone_code TO assent_gate`);
    await db.query(`GRANT SELECT, INSERT, DELETE ON person_session TO assent_gate`);
    await db.query(`GRANT SELECT ON person, person_number TO assent_person`);
    await db.query(`GRANT SELECT, UPDATE ON person_guard TO assent_person, assent_engine`);
    await db.query(`GRANT SELECT, DELETE ON person_session TO assent_person`);
    await db.query(`GRANT SELECT, INSERT, DELETE ON device TO assent_person`);
    await db.query(`GRANT SELECT ON person, number_directory TO assent_engine`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(
      `DROP TABLE device, person_session, phone_code, number_directory, person_number, person_guard, person`,
    );
    await db.query(`DROP DOMAIN lane`);
  }
}
