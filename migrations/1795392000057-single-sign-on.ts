import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Identity providers of businesses, sign-ins at them that are under way, and which of their accounts is whose. */
export class SingleSignOn1795392000057 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`CREATE TABLE single_sign_on (
      business_id uuid PRIMARY KEY REFERENCES business,
      id uuid NOT NULL UNIQUE,
      issuer text NOT NULL CHECK (char_length(issuer) BETWEEN 1 AND 500),
      client_id text NOT NULL CHECK (char_length(client_id) BETWEEN 1 AND 255),
      secret_sealed bytea NOT NULL,
      redirect_uri text NOT NULL CHECK (char_length(redirect_uri) BETWEEN 1 AND 500),
      email_domains text[] NOT NULL CHECK (cardinality(email_domains) <= 20),
      claim_name text CHECK (char_length(claim_name) BETWEEN 1 AND 255),
      claim_value text CHECK (char_length(claim_value) BETWEEN 1 AND 255),
      default_role member_role CHECK (default_role <> 'OWNER'),
      required boolean NOT NULL,
      connected_by uuid NOT NULL REFERENCES member,
      connected_at timestamptz NOT NULL,
      last_used_at timestamptz,
      CHECK ((claim_name IS NULL) = (claim_value IS NULL)),
      CHECK (default_role IS NULL OR cardinality(email_domains) > 0)
    )`);
    await db.query(`COMMENT ON COLUMN single_sign_on.secret_sealed IS
      'Version byte, nonce, AES-256-GCM of the client secret that the provider gave.'`);
    await db.query(`COMMENT ON COLUMN single_sign_on.id IS
      'Another one whenever it is connected anew: what was begun before is not completed.'`);
    await db.query(`CREATE TABLE sign_on_attempt (
      attempt_hash bytea PRIMARY KEY CHECK (octet_length(attempt_hash) = 32),
      business_id uuid NOT NULL REFERENCES business,
      connection_id uuid NOT NULL,
      until timestamptz NOT NULL
    )`);
    await db.query(`COMMENT ON COLUMN sign_on_attempt.attempt_hash IS
      'Of what the browser keeps; state, nonce and the verifier of PKCE are made of it, and stored nowhere.'`);
    await db.query(`CREATE INDEX sign_on_attempt_until ON sign_on_attempt (until)`);
    await db.query(`CREATE TABLE sign_on_link (
      business_id uuid NOT NULL REFERENCES business,
      issuer text NOT NULL CHECK (char_length(issuer) BETWEEN 1 AND 500),
      subject text NOT NULL CHECK (char_length(subject) BETWEEN 1 AND 255),
      member_id uuid NOT NULL UNIQUE REFERENCES member,
      linked_at timestamptz NOT NULL,
      PRIMARY KEY (business_id, issuer, subject)
    )`);
    await db.query(`ALTER TABLE member_session ADD COLUMN signed_on boolean NOT NULL DEFAULT false`);
    await db.query(
      `COMMENT ON COLUMN member_session.signed_on IS 'Opened by the identity provider of the business.'`,
    );
    await db.query(`CREATE INDEX member_session_signed_on ON member_session (business_id) WHERE signed_on`);

    for (const table of ['single_sign_on', 'sign_on_attempt', 'sign_on_link']) {
      await db.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
      await db.query(`CREATE POLICY gate ON ${table} TO assent_gate USING (true)`);
      if (table === 'sign_on_attempt') continue;
      await db.query(`CREATE POLICY own ON ${table} TO assent_business
        USING (business_id = (SELECT nullif(current_setting('app.business', true), '')::uuid))`);
    }
    // A business never reads the secret again.
    await db.query(`GRANT SELECT (business_id, id, issuer, client_id, redirect_uri, email_domains, claim_name, claim_value,
        default_role, required, connected_at, last_used_at), INSERT, DELETE ON single_sign_on TO assent_business`);
    await db.query(`GRANT SELECT, UPDATE (last_used_at) ON single_sign_on TO assent_gate`);
    await db.query(`GRANT SELECT, INSERT, DELETE ON sign_on_attempt TO assent_gate`);
    await db.query(`GRANT SELECT, INSERT ON sign_on_link TO assent_gate`);
    await db.query(`GRANT SELECT (business_id), DELETE ON sign_on_link TO assent_business`);
    // Owners are told by the transaction that does it.
    await db.query(`CREATE POLICY own ON owner_notice FOR INSERT TO assent_business
      WITH CHECK (business_id = (SELECT nullif(current_setting('app.business', true), '')::uuid))`);
    await db.query(`GRANT INSERT ON owner_notice TO assent_business`);
    await db.query(`CREATE POLICY rekeyer ON single_sign_on TO assent_rekeyer USING (true)`);
    await db.query(
      `GRANT SELECT (business_id, secret_sealed), UPDATE (secret_sealed) ON single_sign_on TO assent_rekeyer`,
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`REVOKE INSERT ON owner_notice FROM assent_business`);
    await db.query(`DROP POLICY own ON owner_notice`);
    await db.query(`ALTER TABLE member_session DROP COLUMN signed_on`);
    await db.query(`DROP TABLE sign_on_link, sign_on_attempt, single_sign_on`);
  }
}
