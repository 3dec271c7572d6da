import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Test mode: keys of it, sandboxes, the people in them, and what these are still to react to. */
export class TestMode1795392000029 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`CREATE TYPE api_mode AS ENUM ('LIVE', 'TEST')`);
    await db.query(`ALTER TABLE api_key ADD mode api_mode NOT NULL DEFAULT 'LIVE'`);

    await db.query(`ALTER TABLE business
      ADD sandbox_of uuid REFERENCES business,
      ADD retired_at timestamptz,
      ADD swept_at timestamptz,
      ADD CHECK (retired_at IS NULL OR sandbox_of IS NOT NULL),
      ADD CHECK (swept_at IS NULL OR retired_at IS NOT NULL)`);
    await db.query(`COMMENT ON COLUMN business.sandbox_of IS
      'What the business of that id is in test mode. Retired: a new one took its place; swept: nobody is left in it.'`);
    await db.query(`CREATE UNIQUE INDEX business_sandbox ON business (sandbox_of)
      WHERE sandbox_of IS NOT NULL AND retired_at IS NULL`);
    await db.query(
      `CREATE INDEX business_sandboxes ON business (sandbox_of, created_at) WHERE sandbox_of IS NOT NULL`,
    );
    await db.query(
      `CREATE INDEX business_unswept ON business (retired_at) WHERE retired_at IS NOT NULL AND swept_at IS NULL`,
    );
    await db.query(`GRANT UPDATE (retired_at, swept_at) ON business TO assent_gate`);

    await db.query(`ALTER TABLE person ADD sandbox_id uuid REFERENCES business`);
    await db.query(`COMMENT ON COLUMN person.sandbox_id IS
      'Behind a test number of this sandbox, and nobody real. Null: a person.'`);
    await db.query(`CREATE INDEX person_by_sandbox ON person (sandbox_id, id) WHERE sandbox_id IS NOT NULL`);

    // Written by dispatch together with the status, so that no reaction is lost; never more than messages under way.
    await db.query(`CREATE TABLE test_turn (
      lane lane NOT NULL,
      message_id uuid NOT NULL,
      due_at timestamptz NOT NULL,
      attempts smallint NOT NULL DEFAULT 0,
      PRIMARY KEY (lane, message_id)
    )`);
    await db.query(`COMMENT ON TABLE test_turn IS
      'Messages that became visible to test persons, who are still to react. A worker pushes due_at ahead while it is at one.'`);
    await db.query(`CREATE INDEX test_turn_due ON test_turn (due_at)`);
    await db.query(`ALTER TABLE test_turn ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
    await db.query(`CREATE POLICY engine ON test_turn TO assent_engine USING (true)`);
    await db.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON test_turn TO assent_engine`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE test_turn`);
    await db.query(`ALTER TABLE person DROP COLUMN sandbox_id`);
    await db.query(
      `ALTER TABLE business DROP COLUMN sandbox_of, DROP COLUMN retired_at, DROP COLUMN swept_at`,
    );
    await db.query(`ALTER TABLE api_key DROP COLUMN mode`);
    await db.query(`DROP TYPE api_mode`);
  }
}
