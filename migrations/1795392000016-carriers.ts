import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What carriers were answered. */
export class Carriers1795392000016 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // Of nobody: neither a number nor who it was stands here. Keyed by hash, so it needs no lane.
    await db.query(`CREATE TABLE carrier_answer (
      key_hash bytea PRIMARY KEY CHECK (octet_length(key_hash) = 32),
      reply text CHECK (char_length(reply) BETWEEN 1 AND 1000),
      at timestamptz NOT NULL
    )`);
    await db.query(`COMMENT ON TABLE carrier_answer IS
      'By a MAC of the carrier''s name and its webhook-id: what comes again is answered as before and does nothing. Kept for a day.'`);
    await db.query(`CREATE INDEX carrier_answer_age ON carrier_answer (at)`);
    await db.query(`GRANT SELECT, INSERT, UPDATE (reply), DELETE ON carrier_answer TO assent_gate`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE carrier_answer`);
  }
}
