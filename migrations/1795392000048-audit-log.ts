import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The audit log: what admins, members and API keys did, in chains that nobody can change, under one Merkle tree. */
export class AuditLog1795392000048 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`CREATE TYPE audit_actor AS ENUM ('ADMIN', 'API_KEY', 'MEMBER', 'OPERATOR')`);
    await db.query(`CREATE TYPE audit_outcome AS ENUM ('DONE', 'REFUSED')`);
    // The operator's chain is that of the zero UUID, so there is no foreign key to business. The key is the chain: of two
    // acts that were to stand in one place, one fails.
    await db.query(`CREATE TABLE audit_act (
      ledger uuid NOT NULL,
      seq bigint NOT NULL CHECK (seq >= 1),
      id uuid NOT NULL UNIQUE,
      at timestamptz NOT NULL,
      actor_kind audit_actor NOT NULL,
      actor_id uuid,
      name text NOT NULL CHECK (name ~ '^[A-Za-z]{1,64}$'),
      outcome audit_outcome NOT NULL,
      refusal text CHECK (refusal ~ '^[A-Z_]{1,64}$'),
      subjects text[] NOT NULL CHECK (cardinality(subjects) <= 100),
      subject_count integer NOT NULL CHECK (subject_count >= cardinality(subjects)),
      reason text CHECK (char_length(reason) BETWEEN 1 AND 1000),
      details jsonb NOT NULL CHECK (jsonb_typeof(details) = 'object'),
      salt bytea NOT NULL CHECK (octet_length(salt) = 32),
      previous_hash bytea CHECK (octet_length(previous_hash) = 32),
      hash bytea NOT NULL CHECK (octet_length(hash) = 32),
      PRIMARY KEY (ledger, seq),
      CHECK ((seq = 1) = (previous_hash IS NULL)),
      CHECK ((actor_kind = 'OPERATOR') = (actor_id IS NULL)),
      CHECK ((outcome = 'REFUSED') = (refusal IS NOT NULL))
    )`);
    await db.query(`COMMENT ON TABLE audit_act IS
      'No number, no text of a message, no secret: ids as the actor sees them, members of enums, whole numbers, times, and the reason that an admin gave.'`);
    await db.query(`CREATE INDEX audit_act_by_ledger ON audit_act (ledger, id)`);
    await db.query(`CREATE INDEX audit_act_by_actor ON audit_act (actor_id, id)`);
    await db.query(`CREATE INDEX audit_act_by_name ON audit_act (name, id)`);
    await db.query(`CREATE INDEX audit_act_by_subject ON audit_act USING gin (subjects)`);

    // As with the consent log: an act waits here until it has its leaf, in the order of its chain, since the chain is locked.
    await db.query(`CREATE TABLE audit_log_queue (
      act_id uuid PRIMARY KEY REFERENCES audit_act (id),
      turn bigint GENERATED ALWAYS AS IDENTITY
    ) WITH (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_cost_delay = 0)`);
    await db.query(`CREATE INDEX audit_log_queue_turn ON audit_log_queue (turn)`);
    await db.query(`CREATE TABLE audit_log_node (
      level smallint NOT NULL CHECK (level BETWEEN 0 AND 52),
      index bigint NOT NULL CHECK (index >= 0),
      hash bytea NOT NULL CHECK (octet_length(hash) = 32),
      PRIMARY KEY (level, index)
    )`);
    await db.query(`CREATE TABLE audit_log_position (
      act_id uuid PRIMARY KEY REFERENCES audit_act (id),
      leaf_index bigint NOT NULL UNIQUE CHECK (leaf_index >= 0)
    )`);
    await db.query(`CREATE TABLE audit_log_checkpoint (
      size bigint PRIMARY KEY CHECK (size >= 0),
      note text NOT NULL CHECK (char_length(note) BETWEEN 1 AND 65536),
      at timestamptz NOT NULL
    )`);

    for (const table of ['audit_act', 'audit_log_queue', 'audit_log_position']) {
      await db.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
      await db.query(`CREATE POLICY engine ON ${table} TO assent_engine USING (true)`);
    }
    await db.query(`CREATE POLICY admin ON audit_act FOR SELECT TO assent_admin USING (true)`);
    await db.query(`CREATE POLICY own ON audit_act FOR SELECT TO assent_business
      USING (ledger = (SELECT nullif(current_setting('app.business', true), '')::uuid))`);
    // Nobody may update, and nothing but the queue may be deleted from.
    await db.query(`GRANT SELECT, INSERT ON audit_act TO assent_engine`);
    await db.query(`GRANT SELECT ON audit_act TO assent_admin, assent_business`);
    await db.query(`GRANT SELECT, INSERT, DELETE ON audit_log_queue TO assent_engine`);
    await db.query(
      `GRANT SELECT, INSERT ON audit_log_node, audit_log_position, audit_log_checkpoint TO assent_engine`,
    );
    await db.query(`GRANT SELECT ON audit_log_node, audit_log_checkpoint TO assent_gate`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(
      `DROP TABLE audit_log_checkpoint, audit_log_position, audit_log_node, audit_log_queue, audit_act`,
    );
    await db.query(`DROP TYPE audit_outcome, audit_actor`);
  }
}
