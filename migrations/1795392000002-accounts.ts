import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Businesses, their members, sessions, keys and verification; and the operator's admins. Small, so not sharded. */
export class Accounts1795392000002 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`CREATE TYPE business_status AS ENUM ('UNVERIFIED', 'PENDING', 'VERIFIED', 'SUSPENDED')`);
    await db.query(
      `CREATE TYPE reach_tier AS ENUM ('TIER_250', 'TIER_2K', 'TIER_10K', 'TIER_100K', 'UNLIMITED')`,
    );
    await db.query(`CREATE TABLE business (
      id uuid PRIMARY KEY,
      display_name text NOT NULL CHECK (char_length(display_name) BETWEEN 1 AND 120),
      country char(2) NOT NULL CHECK (country ~ '^[A-Z]{2}$'),
      status business_status NOT NULL DEFAULT 'UNVERIFIED',
      reach_tier reach_tier NOT NULL DEFAULT 'TIER_250',
      created_at timestamptz NOT NULL
    )`);

    await db.query(`CREATE TYPE member_role AS ENUM ('OWNER', 'ADMIN', 'AGENT', 'ANALYST')`);
    await db.query(`CREATE TABLE member (
      id uuid PRIMARY KEY,
      business_id uuid NOT NULL REFERENCES business,
      email text NOT NULL UNIQUE CHECK (email = lower(email) AND char_length(email) BETWEEN 3 AND 254),
      name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 120),
      role member_role NOT NULL,
      created_at timestamptz NOT NULL
    )`);
    await db.query(`CREATE INDEX member_by_business ON member (business_id, id)`);

    await db.query(`CREATE TABLE sign_in_code (
      email text PRIMARY KEY,
      code_hash bytea NOT NULL,
      attempts smallint NOT NULL DEFAULT 0,
      sent_at timestamptz[] NOT NULL,
      expires_at timestamptz NOT NULL
    )`);
    await db.query(`COMMENT ON TABLE sign_in_code IS
      'Codes by address, whether or not a member has it, so that limits answer alike; rows go when their sends no longer count.'`);
    await db.query(`CREATE INDEX sign_in_code_expiry ON sign_in_code (expires_at)`);

    await db.query(`CREATE TABLE member_session (
      token_hash bytea PRIMARY KEY,
      member_id uuid NOT NULL REFERENCES member,
      business_id uuid NOT NULL REFERENCES business,
      created_at timestamptz NOT NULL,
      expires_at timestamptz NOT NULL
    )`);
    await db.query(`CREATE INDEX member_session_by_member ON member_session (member_id)`);
    await db.query(`CREATE INDEX member_session_expiry ON member_session (expires_at)`);

    await db.query(`CREATE TABLE api_key (
      id uuid PRIMARY KEY,
      business_id uuid NOT NULL REFERENCES business,
      name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 120),
      key_hash bytea NOT NULL UNIQUE,
      hint text NOT NULL CHECK (char_length(hint) = 4),
      scopes text[] NOT NULL CHECK (cardinality(scopes) BETWEEN 1 AND 50),
      created_by uuid NOT NULL REFERENCES member,
      created_at timestamptz NOT NULL,
      expires_at timestamptz CHECK (expires_at > created_at),
      revoked_at timestamptz,
      last_used_at timestamptz
    )`);
    await db.query(`CREATE INDEX api_key_by_business ON api_key (business_id, id)`);

    await db.query(`CREATE TYPE verification_status AS ENUM ('PENDING', 'APPROVED', 'REJECTED')`);
    await db.query(`CREATE TYPE domain_evidence AS ENUM ('WELL_KNOWN_FILE', 'DNS_TXT')`);
    await db.query(`CREATE TABLE admin (
      id uuid PRIMARY KEY,
      name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 120),
      created_at timestamptz NOT NULL
    )`);
    await db.query(`CREATE TABLE admin_token (
      token_hash bytea PRIMARY KEY,
      admin_id uuid NOT NULL REFERENCES admin,
      created_at timestamptz NOT NULL,
      expires_at timestamptz,
      revoked_at timestamptz
    )`);
    await db.query(`CREATE TABLE verification (
      id uuid PRIMARY KEY,
      business_id uuid NOT NULL REFERENCES business,
      status verification_status NOT NULL DEFAULT 'PENDING',
      legal_name text NOT NULL CHECK (char_length(legal_name) BETWEEN 1 AND 200),
      registration_number text NOT NULL CHECK (char_length(registration_number) BETWEEN 1 AND 64),
      country char(2) NOT NULL CHECK (country ~ '^[A-Z]{2}$'),
      website text NOT NULL CHECK (char_length(website) <= 2048),
      evidence domain_evidence NOT NULL,
      evidence_checked_at timestamptz NOT NULL,
      submitted_by uuid NOT NULL REFERENCES member,
      submitted_at timestamptz NOT NULL,
      decided_by uuid REFERENCES admin,
      decided_at timestamptz,
      reason text CHECK (char_length(reason) BETWEEN 1 AND 1000),
      CHECK ((status = 'PENDING') = (decided_at IS NULL)),
      CHECK ((decided_by IS NULL) = (decided_at IS NULL)),
      CHECK (status <> 'REJECTED' OR reason IS NOT NULL)
    )`);
    // One open request a business: the second of two that race is refused by the database itself.
    await db.query(
      `CREATE UNIQUE INDEX verification_open ON verification (business_id) WHERE status = 'PENDING'`,
    );
    await db.query(`CREATE INDEX verification_queue ON verification (id) WHERE status = 'PENDING'`);
    await db.query(`CREATE INDEX verification_by_business ON verification (business_id, id)`);

    // Each check makes the platform ask somebody's server, so they are counted; one row a business, locked by each.
    await db.query(`CREATE TABLE domain_check (
      business_id uuid PRIMARY KEY REFERENCES business,
      checked_at timestamptz[] NOT NULL
    )`);

    for (const table of ['business', 'member', 'api_key', 'verification', 'member_session', 'domain_check']) {
      const key = table === 'business' ? 'id' : 'business_id';
      await db.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
      await db.query(`CREATE POLICY own ON ${table} TO assent_business
        USING (${key} = (SELECT nullif(current_setting('app.business', true), '')::uuid))`);
      await db.query(`CREATE POLICY gate ON ${table} TO assent_gate USING (true)`);
    }
    await db.query(`CREATE POLICY admin ON business TO assent_admin USING (true)`);
    await db.query(`CREATE POLICY admin ON verification TO assent_admin USING (true)`);
    await db.query(`CREATE POLICY engine ON business TO assent_engine USING (true)`);
    // Every person may see who a business is.
    await db.query(`CREATE POLICY anyone ON business FOR SELECT TO assent_person USING (true)`);

    await db.query(`GRANT SELECT, INSERT ON business, member TO assent_gate`);
    await db.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON sign_in_code TO assent_gate`);
    await db.query(`GRANT SELECT, INSERT, DELETE ON member_session TO assent_gate`);
    await db.query(`GRANT SELECT, UPDATE (last_used_at) ON api_key TO assent_gate`);
    await db.query(`GRANT SELECT, INSERT ON admin TO assent_gate`);
    await db.query(`GRANT SELECT, INSERT, UPDATE (revoked_at) ON admin_token TO assent_gate`);
    await db.query(`GRANT SELECT, UPDATE (status) ON business TO assent_business`);
    await db.query(`GRANT SELECT ON member TO assent_business`);
    await db.query(`GRANT DELETE, SELECT ON member_session TO assent_business`);
    await db.query(`GRANT SELECT, INSERT, UPDATE (revoked_at) ON api_key TO assent_business`);
    await db.query(`GRANT SELECT, INSERT ON verification TO assent_business`);
    await db.query(`GRANT SELECT, INSERT, UPDATE ON domain_check TO assent_business`);
    await db.query(`GRANT SELECT, UPDATE (status, reach_tier) ON business TO assent_admin`);
    await db.query(
      `GRANT SELECT, UPDATE (status, decided_by, decided_at, reason) ON verification TO assent_admin`,
    );
    await db.query(`GRANT SELECT ON admin TO assent_admin`);
    await db.query(`GRANT SELECT ON business TO assent_engine, assent_person`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(
      `DROP TABLE domain_check, verification, admin_token, admin, api_key, member_session, sign_in_code, member, business`,
    );
    await db.query(
      `DROP TYPE domain_evidence, verification_status, member_role, reach_tier, business_status`,
    );
  }
}
