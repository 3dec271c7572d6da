import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Further admins: their roles, the address that they sign in with, and when they came and went. */
export class AdminRoles1795392000050 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`CREATE TYPE admin_role AS ENUM ('OWNER', 'REVIEWER', 'POLICY', 'SUPPORT', 'AUDITOR')`);
    // Whoever was there before is an owner, as the first admin of a release that names no role is.
    await db.query(`ALTER TABLE admin
      ADD COLUMN role admin_role NOT NULL DEFAULT 'OWNER',
      ADD COLUMN email text CHECK (char_length(email) BETWEEN 3 AND 254),
      ADD COLUMN added_by uuid REFERENCES admin,
      ADD COLUMN signed_in_at timestamptz,
      ADD COLUMN removed_at timestamptz,
      ADD COLUMN former_roles admin_role[] NOT NULL DEFAULT '{}' CHECK (cardinality(former_roles) <= 5),
      ADD COLUMN role_changed_at timestamptz,
      ADD CHECK ((role_changed_at IS NULL) = (cardinality(former_roles) = 0))`);
    await db.query(
      `COMMENT ON COLUMN admin.signed_in_at IS 'When they first had a session; null: never yet.'`,
    );
    await db.query(`COMMENT ON COLUMN admin.former_roles IS
      'What they were until role_changed_at, and in the three days before it: they were to approve what others proposed.'`);
    await db.query(`UPDATE admin SET signed_in_at = created_at`);
    await db.query(`CREATE UNIQUE INDEX admin_email ON admin (email) WHERE removed_at IS NULL`);
    await db.query(`CREATE INDEX admin_token_by_admin ON admin_token (admin_id)`);
    await db.query(
      `GRANT UPDATE (role, former_roles, role_changed_at, removed_at, signed_in_at) ON admin TO assent_gate`,
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP INDEX admin_token_by_admin`);
    await db.query(`ALTER TABLE admin DROP COLUMN role, DROP COLUMN email, DROP COLUMN added_by,
      DROP COLUMN signed_in_at, DROP COLUMN removed_at, DROP COLUMN former_roles, DROP COLUMN role_changed_at`);
    await db.query(`DROP TYPE admin_role`);
  }
}
