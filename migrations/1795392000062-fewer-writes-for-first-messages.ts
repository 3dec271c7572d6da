import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The first message to a contact takes a place of reach, and each was checked for its business by a look-up and a row lock. Places are
 * only written behind the guard of their business, which refers to it.
 */
export class FewerWritesForFirstMessages1795392000062 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE reach_place DROP CONSTRAINT reach_place_business_id_fkey`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE reach_place ADD FOREIGN KEY (business_id) REFERENCES business`);
  }
}
