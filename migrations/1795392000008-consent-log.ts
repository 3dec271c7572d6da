import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The consent log: one Merkle tree over the events of all persons, and its signed checkpoints. */
export class ConsentLog1795392000008 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // Written in the transaction of the event, and removed by the one that gives the event its leaf: an event waits
    // here until it is in the log, however late it commits and whatever became of transaction ids since. A person's
    // events are entered under their guard, so turns are in the order of the person's ledger.
    await db.query(`CREATE TABLE consent_log_queue (
      lane lane NOT NULL,
      person_id uuid NOT NULL,
      event_id uuid NOT NULL,
      turn bigint GENERATED ALWAYS AS IDENTITY,
      PRIMARY KEY (lane, person_id, event_id)
    ) WITH (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_cost_delay = 0)`);
    await db.query(`CREATE INDEX consent_log_queue_turn ON consent_log_queue (turn)`);

    // Hashes only, so nothing here is anybody's: erasing a person leaves the tree, and every proof, as it was.
    await db.query(`CREATE TABLE consent_log_node (
      level smallint NOT NULL CHECK (level BETWEEN 0 AND 52),
      index bigint NOT NULL CHECK (index >= 0),
      hash bytea NOT NULL CHECK (octet_length(hash) = 32),
      PRIMARY KEY (level, index)
    )`);
    await db.query(`COMMENT ON TABLE consent_log_node IS
      'Complete subtrees of the tree of RFC 9162: level 0 are the leaves, a node covers the 2^level leaves from index * 2^level on.'`);

    // Which leaf an event is; goes when the person is erased.
    await db.query(`CREATE TABLE consent_log_position (
      lane lane NOT NULL,
      person_id uuid NOT NULL,
      event_id uuid NOT NULL,
      leaf_index bigint NOT NULL CHECK (leaf_index >= 0),
      PRIMARY KEY (lane, person_id, event_id)
    )`);
    await db.query(`CREATE INDEX consent_log_position_leaf ON consent_log_position (leaf_index)`);

    await db.query(`CREATE TABLE consent_log_checkpoint (
      size bigint PRIMARY KEY CHECK (size >= 0),
      note text NOT NULL CHECK (char_length(note) BETWEEN 1 AND 65536),
      at timestamptz NOT NULL
    )`);
    await db.query(`COMMENT ON COLUMN consent_log_checkpoint.note IS
      'C2SP tlog-checkpoint as a signed note. Never a second one of a size: a log that signs two trees of one size is forked.'`);

    for (const table of ['consent_log_queue', 'consent_log_position']) {
      await db.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
      await db.query(`CREATE POLICY own ON ${table} TO assent_person
        USING (person_id = (SELECT nullif(current_setting('app.person', true), '')::uuid))`);
      await db.query(`CREATE POLICY engine ON ${table} TO assent_engine USING (true)`);
    }
    // Nobody may update, and nothing but the queue may be deleted from.
    await db.query(`GRANT INSERT ON consent_log_queue TO assent_person, assent_engine`);
    await db.query(`GRANT SELECT, DELETE ON consent_log_queue TO assent_engine`);
    await db.query(`GRANT SELECT ON consent_log_position TO assent_person`);
    await db.query(`GRANT SELECT ON consent_log_node, consent_log_checkpoint TO assent_gate, assent_person`);
    await db.query(
      `GRANT SELECT, INSERT ON consent_log_node, consent_log_position, consent_log_checkpoint TO assent_engine`,
    );

    // Events from before; in the role that sees them, since row-level security holds for the owner as well.
    await db.query(`SET LOCAL ROLE assent_engine`);
    await db.query(`INSERT INTO consent_log_queue (lane, person_id, event_id)
      SELECT lane, person_id, id FROM consent_event ORDER BY at, seq`);
    await db.query(`RESET ROLE`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(
      `DROP TABLE consent_log_checkpoint, consent_log_position, consent_log_node, consent_log_queue`,
    );
  }
}
