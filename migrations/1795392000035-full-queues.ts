import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Queues that are full, as a worker counted them a moment ago: sending reads this, and counts nothing. */
export class FullQueues1795392000035 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // Without a business: that of the whole platform. Hardly ever has it a row at all.
    await db.query(`CREATE TABLE queue_full (
      business_id uuid REFERENCES business,
      until timestamptz NOT NULL,
      UNIQUE NULLS NOT DISTINCT (business_id)
    )`);
    await db.query(`ALTER TABLE queue_full ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
    await db.query(`CREATE POLICY engine ON queue_full TO assent_engine USING (true)`);
    await db.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON queue_full TO assent_engine`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE queue_full`);
  }
}
