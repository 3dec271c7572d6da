import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Answers to mutations by idempotency key, for 7 days. */
export class KeyedAnswers1795392000046 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // Unique under an advisory lock of the key, which every request with it takes; an index can not be unique across partitions.
    await db.query(`CREATE TABLE keyed_answer (
      key_hash bytea NOT NULL CHECK (octet_length(key_hash) = 32),
      created_at timestamptz NOT NULL,
      body_hash bytea NOT NULL CHECK (octet_length(body_hash) = 32),
      asker_hash bytea NOT NULL CHECK (octet_length(asker_hash) = 32),
      answer bytea NOT NULL CHECK (octet_length(answer) <= 1048576),
      PRIMARY KEY (key_hash, created_at)
    ) PARTITION BY RANGE (created_at)`);
    await db.query(`COMMENT ON TABLE keyed_answer IS
      'Hashes are keyed. answer is sealed under a key made of the idempotency key itself, which is not stored.'`);
    await db.query(`CREATE INDEX keyed_answer_by_asker ON keyed_answer (asker_hash)`);
    await db.query(`INSERT INTO partitioned_table (name, kind, step, ahead, keep_days)
      VALUES ('keyed_answer', 'TIME', 'day', 14, 7)`);
    await db.query(`UPDATE partitioned_table SET keep_days = 7 WHERE name = 'idempotency'`);

    await db.query(`ALTER TABLE keyed_answer ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
    await db.query(`CREATE POLICY engine ON keyed_answer TO assent_engine USING (true)`);
    await db.query(`CREATE POLICY eraser ON keyed_answer TO assent_eraser USING (true)`);
    await db.query(`GRANT SELECT, INSERT ON keyed_answer TO assent_engine`);
    await db.query(`GRANT SELECT (asker_hash), DELETE ON keyed_answer TO assent_eraser`);
    await db.query(`SELECT assent_ensure_partitions()`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE keyed_answer`);
    await db.query(`DELETE FROM partitioned_table WHERE name = 'keyed_answer'`);
    await db.query(`UPDATE partitioned_table SET keep_days = NULL WHERE name = 'idempotency'`);
  }
}
