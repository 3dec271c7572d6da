import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Under which names receipts of carriers come, and those that came. */
export class CarrierReferences1795392000042 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // Keyed by hash: whoever brings a receipt knows no lane. It may be there before the answer that tells whose it is.
    await db.query(`CREATE TABLE carrier_reference (
      key_hash bytea PRIMARY KEY CHECK (octet_length(key_hash) = 32),
      lane lane,
      message_id uuid,
      status text CHECK (status IN ('DELIVERED', 'FAILED')),
      at timestamptz NOT NULL,
      CHECK ((lane IS NULL) = (message_id IS NULL)),
      CHECK (message_id IS NOT NULL OR status IS NOT NULL)
    )`);
    await db.query(`COMMENT ON TABLE carrier_reference IS
      'By a MAC of the carrier''s name and its reference for one part of a message. Kept for ten days.'`);
    await db.query(`CREATE INDEX carrier_reference_by_message ON carrier_reference (lane, message_id)
      WHERE message_id IS NOT NULL`);
    await db.query(`CREATE INDEX carrier_reference_age ON carrier_reference (at)`);
    await db.query(`ALTER TABLE carrier_reference ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
    await db.query(`CREATE POLICY engine ON carrier_reference TO assent_engine USING (true)`);
    await db.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON carrier_reference TO assent_engine`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE carrier_reference`);
  }
}
