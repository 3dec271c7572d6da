import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What people see and search of businesses: a category, reviewed with the verification, and the name as it is looked for. */
export class PublicProfiles1795392000040 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`CREATE TYPE business_category AS ENUM ('EDUCATION', 'FINANCE', 'FOOD', 'GOVERNMENT', 'HEALTH', 'LOGISTICS',
      'MEDIA', 'NONPROFIT', 'PROFESSIONAL', 'RETAIL', 'TELECOM', 'TRAVEL', 'UTILITIES', 'OTHER')`);
    await db.query(`ALTER TABLE verification ADD COLUMN category business_category`);
    await db.query(`ALTER TABLE business ADD COLUMN category business_category`);
    await db.query(`COMMENT ON COLUMN business.category IS
      'As it stood in the verification that was approved last; null: it named none.'`);

    // In one form, and compared byte by byte, so that everything that begins with a text is one range of the index,
    // whatever the collation of the database is.
    await db.query(`ALTER TABLE business ADD COLUMN search_name text COLLATE "C"
      GENERATED ALWAYS AS (lower(normalize(display_name, NFKC) COLLATE "und-x-icu") COLLATE "C") STORED`);
    await db.query(`CREATE INDEX business_by_name ON business (search_name, id)
      WHERE status = 'VERIFIED' AND sandbox_of IS NULL`);
    await db.query(`GRANT UPDATE (category) ON business TO assent_admin`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`REVOKE UPDATE (category) ON business FROM assent_admin`);
    await db.query(`ALTER TABLE business DROP COLUMN search_name, DROP COLUMN category`);
    await db.query(`ALTER TABLE verification DROP COLUMN category`);
    await db.query(`DROP TYPE business_category`);
  }
}
