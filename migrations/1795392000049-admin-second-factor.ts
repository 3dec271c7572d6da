import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Second factors of admins, their recovery codes, and when a session last gave one. */
export class AdminSecondFactor1795392000049 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE admin_token ADD COLUMN second_factor_at timestamptz`);
    await db.query(`CREATE TABLE admin_second_factor (
      admin_id uuid PRIMARY KEY REFERENCES admin,
      sealed_secret bytea NOT NULL,
      enrolled_at timestamptz,
      last_step bigint NOT NULL DEFAULT 0 CHECK (last_step >= 0),
      wrong timestamptz[] NOT NULL DEFAULT '{}' CHECK (cardinality(wrong) <= 100)
    )`);
    await db.query(`COMMENT ON COLUMN admin_second_factor.last_step IS
      'The newest step of 30 seconds whose code was accepted: no code is accepted twice.'`);
    await db.query(`CREATE TABLE admin_recovery_code (
      admin_id uuid NOT NULL REFERENCES admin,
      code_hash bytea NOT NULL CHECK (octet_length(code_hash) = 32),
      used_at timestamptz,
      PRIMARY KEY (admin_id, code_hash)
    )`);
    for (const table of ['admin_second_factor', 'admin_recovery_code']) {
      await db.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
      await db.query(`CREATE POLICY gate ON ${table} TO assent_gate USING (true)`);
    }
    await db.query(`GRANT UPDATE (second_factor_at) ON admin_token TO assent_gate`);
    await db.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON admin_second_factor TO assent_gate`);
    await db.query(`GRANT SELECT, INSERT, UPDATE (used_at), DELETE ON admin_recovery_code TO assent_gate`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE admin_recovery_code, admin_second_factor`);
    await db.query(`ALTER TABLE admin_token DROP COLUMN second_factor_at`);
  }
}
