import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the operator looks businesses up by, besides their ids: name, state, and the domain of a request to be verified. */
export class BusinessSearch1795392000054 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      `CREATE INDEX business_by_any_name ON business (search_name, id) WHERE sandbox_of IS NULL`,
    );
    await db.query(
      `CREATE INDEX business_by_status ON business (status, search_name, id) WHERE sandbox_of IS NULL`,
    );
    // Read from its end, so that a domain and all below it are one range of the index.
    await db.query(`ALTER TABLE verification ADD COLUMN search_domain text COLLATE "C"
      GENERATED ALWAYS AS (reverse('.' || substring(website from '^[a-z]+://([^/:?#]+)'))) STORED`);
    await db.query(`CREATE INDEX verification_by_domain ON verification (search_domain)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE verification DROP COLUMN search_domain`);
    await db.query(`DROP INDEX business_by_status, business_by_any_name`);
  }
}
