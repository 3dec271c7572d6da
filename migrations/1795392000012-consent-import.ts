import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What businesses were answered about the opt-ins that they brought in. */
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
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE consent_import_answer`);
  }
}
