import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What sending spends: places of the reach tier, counted on the row that every send of a business locks. */
export class Limits1795392000006 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`CREATE TABLE business_guard (
      business_id uuid PRIMARY KEY REFERENCES business,
      reach_used integer NOT NULL DEFAULT 0 CHECK (reach_used >= 0)
    ) WITH (fillfactor = 20)`);

    // A place is taken by the first message to a contact and held for 24 hours. Rows go in by time and leave by time,
    // so expiring them is an index range, and the count beside them is exact without ever being counted.
    await db.query(`CREATE TABLE reach_place (
      business_id uuid NOT NULL REFERENCES business,
      taken_at timestamptz NOT NULL,
      contact_id uuid NOT NULL,
      PRIMARY KEY (business_id, taken_at, contact_id)
    )`);

    for (const table of ['business_guard', 'reach_place']) {
      await db.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
      await db.query(`CREATE POLICY engine ON ${table} TO assent_engine USING (true)`);
      await db.query(`CREATE POLICY own ON ${table} TO assent_business
        USING (business_id = (SELECT nullif(current_setting('app.business', true), '')::uuid))`);
    }
    await db.query(`CREATE POLICY gate ON business_guard TO assent_gate USING (true)`);
    await db.query(`GRANT SELECT ON business_guard, reach_place TO assent_business`);
    await db.query(`GRANT SELECT, INSERT, UPDATE ON business_guard TO assent_engine`);
    await db.query(`GRANT SELECT, INSERT, DELETE ON reach_place TO assent_engine`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE reach_place, business_guard`);
  }
}
