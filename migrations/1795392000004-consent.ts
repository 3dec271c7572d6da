import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The consent ledger, the state that is projected from it in the same transaction, and stops under way. */
export class Consent1795392000004 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`CREATE TYPE consent_action AS ENUM ('STOP', 'ALLOW', 'LIFT', 'BLOCK', 'UNBLOCK')`);
    await db.query(`CREATE TYPE consent_actor AS ENUM ('PERSON', 'BUSINESS', 'OPERATOR', 'PLATFORM')`);
    // INSERT-only by rights: no role of the application may update or delete an event. seq is unique for a person
    // because it is drawn from person_guard under its lock; a unique index can not span partitions.
    await db.query(`CREATE TABLE consent_event (
      lane lane NOT NULL,
      person_id uuid NOT NULL,
      id uuid NOT NULL,
      seq bigint NOT NULL CHECK (seq > 0),
      at timestamptz NOT NULL,
      actor consent_actor NOT NULL,
      action consent_action NOT NULL,
      business_id uuid,
      purpose purpose,
      source text NOT NULL CHECK (char_length(source) BETWEEN 1 AND 60),
      policy_version integer NOT NULL CHECK (policy_version > 0),
      evidence_kind text CHECK (char_length(evidence_kind) BETWEEN 1 AND 60),
      evidence_at timestamptz,
      wording_hash bytea CHECK (octet_length(wording_hash) = 32),
      evidence_ref text CHECK (char_length(evidence_ref) BETWEEN 1 AND 255),
      salt bytea NOT NULL CHECK (octet_length(salt) = 32),
      previous_hash bytea CHECK (octet_length(previous_hash) = 32),
      hash bytea NOT NULL CHECK (octet_length(hash) = 32),
      PRIMARY KEY (lane, person_id, id),
      CHECK ((seq = 1) = (previous_hash IS NULL)),
      CHECK (action NOT IN ('BLOCK', 'UNBLOCK') OR (business_id IS NOT NULL AND purpose IS NULL)),
      CHECK ((evidence_kind IS NULL) = (evidence_at IS NULL)),
      CHECK (evidence_kind IS NOT NULL OR (wording_hash IS NULL AND evidence_ref IS NULL)),
      CHECK (evidence_kind IS NULL OR (action = 'ALLOW' AND purpose IS NOT NULL)),
      -- Only the person lifts anything. A business can do no more than to bring the evidence of an opt-in to itself.
      CHECK (actor = 'PERSON' OR action IN ('STOP', 'BLOCK', 'ALLOW')),
      CHECK (actor = 'PERSON' OR action <> 'ALLOW' OR
        (actor = 'BUSINESS' AND business_id IS NOT NULL AND evidence_kind IS NOT NULL))
    ) PARTITION BY RANGE (id)`);
    await db.query(`COMMENT ON TABLE consent_event IS
      'business_id null: the whole platform. purpose null: every purpose. hash: SHA-256(previous_hash, salt, canonical record).'`);
    await db.query(`CREATE INDEX consent_event_by_seq ON consent_event (lane, person_id, seq)`);
    await db.query(`INSERT INTO partitioned_table VALUES ('consent_event', 'ID', 'month', 6)`);

    await db.query(`CREATE TYPE consent_subject AS ENUM
      ('BLOCK', 'EVERYTHING', 'AUTHENTICATION', 'SERVICE', 'MARKETING', 'MATCHING', 'ADS', 'ANALYTICS')`);
    await db.query(`CREATE TYPE consent_standing AS ENUM ('ALLOWED', 'LIFTED', 'STOPPED')`);
    await db.query(`CREATE TABLE consent_state (
      lane lane NOT NULL,
      person_id uuid NOT NULL,
      business_id uuid,
      subject consent_subject NOT NULL,
      standing consent_standing NOT NULL,
      since timestamptz NOT NULL,
      event_id uuid NOT NULL,
      UNIQUE NULLS NOT DISTINCT (lane, person_id, business_id, subject),
      FOREIGN KEY (lane, person_id) REFERENCES person,
      CHECK (subject <> 'BLOCK' OR business_id IS NOT NULL)
    )`);

    // Committed before the stop waits for the person's guard, so that every decision from then on refuses and the
    // stop waits only for those already under way. Removed by the transaction that is the stop.
    await db.query(`CREATE TABLE stop_intent (
      lane lane NOT NULL,
      person_id uuid NOT NULL,
      id uuid NOT NULL,
      business_id uuid,
      subject consent_subject NOT NULL,
      source text NOT NULL CHECK (char_length(source) BETWEEN 1 AND 60),
      created_at timestamptz NOT NULL,
      PRIMARY KEY (lane, person_id, id),
      FOREIGN KEY (lane, person_id) REFERENCES person
    )`);
    await db.query(`CREATE INDEX stop_intent_age ON stop_intent (created_at)`);

    for (const table of ['consent_event', 'consent_state', 'stop_intent']) {
      await db.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
      await db.query(`CREATE POLICY own ON ${table} TO assent_person
        USING (person_id = (SELECT nullif(current_setting('app.person', true), '')::uuid))`);
      await db.query(`CREATE POLICY engine ON ${table} TO assent_engine USING (true)`);
    }
    await db.query(`GRANT SELECT, INSERT ON consent_event TO assent_person, assent_engine`);
    await db.query(`GRANT SELECT, INSERT, UPDATE ON consent_state TO assent_person, assent_engine`);
    await db.query(`GRANT SELECT, INSERT, DELETE ON stop_intent TO assent_person, assent_engine`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DELETE FROM partitioned_table WHERE name = 'consent_event'`);
    await db.query(`DROP TABLE stop_intent, consent_state, consent_event`);
    await db.query(`DROP TYPE consent_standing, consent_subject, consent_actor, consent_action`);
  }
}
