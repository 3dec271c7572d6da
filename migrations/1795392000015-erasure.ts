import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Erasing a person: the tombstone of their number, the erasure with what is still to do and what was done, and the one
 * role that may delete what every other role can only add to.
 */
export class Erasure1795392000015 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // Keyed by bits of the mark, like the directory: who asks does not know whose number it was.
    await db.query(`CREATE TABLE number_tombstone (
      bucket smallint NOT NULL CHECK (bucket BETWEEN 0 AND 1023),
      mark bytea NOT NULL CHECK (octet_length(mark) = 32),
      mark_version smallint NOT NULL,
      at timestamptz NOT NULL,
      PRIMARY KEY (bucket, mark)
    )`);
    await db.query(`COMMENT ON TABLE number_tombstone IS
      'HMAC-SHA-256 of an E.164 number under the tombstone key: whoever had that number before this time is gone, whatever a restored backup says.'`);

    await db.query(`CREATE TABLE erasure (
      lane lane NOT NULL,
      id uuid NOT NULL,
      cause text NOT NULL CHECK (cause IN ('REQUEST', 'NEW_POSSESSION')),
      person_id uuid,
      tombstone bytea NOT NULL CHECK (octet_length(tombstone) = 32),
      token_hash bytea CHECK (octet_length(token_hash) = 32),
      asked_at timestamptz NOT NULL,
      lease_until timestamptz,
      fence bigint NOT NULL DEFAULT 0,
      done_at timestamptz,
      proof text,
      PRIMARY KEY (lane, id),
      CHECK ((token_hash IS NULL) = (cause = 'NEW_POSSESSION')),
      CHECK ((person_id IS NULL) = (done_at IS NOT NULL)),
      CHECK ((proof IS NULL) = (done_at IS NULL))
    )`);
    await db.query(`COMMENT ON COLUMN erasure.person_id IS
      'Whose rows are still to be erased; null when none is left.'`);
    await db.query(`CREATE INDEX erasure_by_token ON erasure (token_hash) WHERE token_hash IS NOT NULL`);
    await db.query(`CREATE INDEX erasure_open ON erasure (asked_at) WHERE done_at IS NULL`);

    // Counted in the transactions that erase, so the figures hold through every crash.
    await db.query(`CREATE TABLE erased_store (
      lane lane NOT NULL,
      erasure_id uuid NOT NULL,
      store text NOT NULL CHECK (char_length(store) BETWEEN 1 AND 60),
      what text NOT NULL CHECK (what IN ('DELETED', 'KEY_DESTROYED', 'KEPT')),
      rows bigint NOT NULL CHECK (rows >= 0),
      why text CHECK (char_length(why) <= 500),
      PRIMARY KEY (lane, erasure_id, store, what),
      FOREIGN KEY (lane, erasure_id) REFERENCES erasure,
      CHECK (what <> 'KEPT' OR why IS NOT NULL)
    )`);

    // What the erasure still has to find: nothing leads from a person to these once the contacts are cut off.
    await db.query(`CREATE TABLE erasure_conversation (
      lane lane NOT NULL,
      erasure_id uuid NOT NULL,
      contact_id uuid NOT NULL,
      PRIMARY KEY (lane, erasure_id, contact_id),
      FOREIGN KEY (lane, erasure_id) REFERENCES erasure
    )`);
    await db.query(`CREATE TABLE erasure_leaf (
      lane lane NOT NULL,
      erasure_id uuid NOT NULL,
      leaf_index bigint NOT NULL CHECK (leaf_index >= 0),
      PRIMARY KEY (lane, erasure_id, leaf_index),
      FOREIGN KEY (lane, erasure_id) REFERENCES erasure
    )`);
    await db.query(`COMMENT ON TABLE erasure_leaf IS
      'Leaves of the consent log that were events of the person, for the proof; gone when it is made.'`);

    for (const table of ['erasure', 'erased_store', 'erasure_conversation', 'erasure_leaf']) {
      await db.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
    }
    for (const table of ['erasure', 'erased_store', 'erasure_conversation']) {
      await db.query(`CREATE POLICY gate ON ${table} FOR SELECT TO assent_gate USING (true)`);
      await db.query(`GRANT SELECT ON ${table} TO assent_gate`);
    }
    for (const table of Object.keys(ERASED)) {
      await db.query(`CREATE POLICY eraser ON ${table} TO assent_eraser USING (true)`);
    }
    for (const [table, rights] of [...Object.entries(ERASED), ...Object.entries(READ)]) {
      await db.query(`GRANT ${rights} ON ${table} TO assent_eraser`);
    }
    await db.query(`GRANT SELECT ON number_tombstone TO assent_gate, assent_engine`);
  }

  async down(db: QueryRunner): Promise<void> {
    for (const table of Object.keys(ERASED)) await db.query(`DROP POLICY eraser ON ${table}`);
    await db.query(`DROP TABLE erasure_leaf, erasure_conversation, erased_store, erasure, number_tombstone`);
  }
}

/** Tables with row-level security, and all that the eraser may do to them. */
const ERASED = {
  person: 'SELECT, DELETE, UPDATE (country)', // UPDATE: to lock a row
  person_guard: 'SELECT, DELETE, UPDATE (inbox_seq)',
  person_number: 'SELECT, DELETE',
  person_session: 'SELECT, DELETE',
  device: 'SELECT, DELETE',
  consent_event: 'SELECT, DELETE',
  consent_state: 'SELECT, DELETE',
  stop_intent: 'SELECT, DELETE',
  consent_log_queue: 'SELECT, DELETE',
  consent_log_position: 'SELECT, DELETE',
  person_notice: 'SELECT, DELETE',
  contact: 'SELECT, UPDATE (person_id, external_id, content_salt, gone_at)',
  contact_state: 'SELECT, DELETE',
  message: 'SELECT, UPDATE (status, reason, ended_at, content, person_id, contact_id)',
  conversation_queue: 'SELECT, DELETE',
  inbox_entry: 'SELECT, DELETE',
  message_wait: 'SELECT, DELETE',
  marketing_seen: 'SELECT, DELETE',
  person_preference: 'SELECT, DELETE',
  stop_review: 'SELECT, DELETE',
  event: 'INSERT',
  export_job: 'SELECT, DELETE',
  export_chunk: 'SELECT, DELETE',
  erasure: 'SELECT, INSERT, UPDATE (person_id, lease_until, fence, done_at, proof)',
  erased_store: 'SELECT, INSERT, UPDATE (rows)',
  erasure_conversation: 'SELECT, INSERT, DELETE',
  erasure_leaf: 'SELECT, INSERT, DELETE',
};

/** Tables without: of everybody, or of nobody. */
const READ = {
  number_directory: 'SELECT, DELETE',
  number_tombstone: 'SELECT, INSERT, UPDATE (at)',
  consent_log_node: 'SELECT',
  consent_log_checkpoint: 'SELECT',
};
