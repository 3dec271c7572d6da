import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A business may block a contact: then nothing goes either way. It is no word of the person, and no entry of their ledger. */
export class BlockByBusiness1795392000038 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // In the row that sending and writing read anyway; written under the guard of the person, as all of it is.
    await db.query(`ALTER TABLE contact_state ADD COLUMN blocked_at timestamptz`);
    await db.query(`COMMENT ON COLUMN contact_state.blocked_at IS
      'Since when the business has blocked the contact; null: it has not.'`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE contact_state DROP COLUMN blocked_at`);
  }
}
