import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tokens of the operator by which a person signed in: each is taken once. */
export class PersonTokens1795392000056 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`CREATE TABLE person_token_use (
      token_hash bytea PRIMARY KEY CHECK (octet_length(token_hash) = 32),
      until timestamptz NOT NULL
    )`);
    await db.query(`COMMENT ON COLUMN person_token_use.token_hash IS
      'HMAC-SHA-256 of issuer and jti; it tells nothing of who signed in.'`);
    await db.query(`COMMENT ON COLUMN person_token_use.until IS
      'From then on the token is too old to be taken, and the row may go.'`);
    await db.query(`CREATE INDEX person_token_use_until ON person_token_use (until)`);
    await db.query(`ALTER TABLE person_token_use ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
    await db.query(`CREATE POLICY gate ON person_token_use TO assent_gate USING (true)`);
    await db.query(`GRANT SELECT, INSERT, DELETE ON person_token_use TO assent_gate`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE person_token_use`);
  }
}
