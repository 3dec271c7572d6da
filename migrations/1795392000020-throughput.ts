import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Throughput: the theoretical arrival time of each business, and the slots of messages that wait for it. */
export class Throughput1795392000020 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE business_guard ADD COLUMN throughput_tat bigint`);
    await db.query(`COMMENT ON COLUMN business_guard.throughput_tat IS
      'Theoretical arrival time of the throughput (GCRA), in microseconds since 1970: reserved slots end there.'`);

    // Nothing of a message that goes at once: a null and a false. A slot travels with its message, so what waits for
    // one is an ordinary message of the queue, due later.
    for (const table of ['message', 'message_wait']) {
      await db.query(`ALTER TABLE ${table} ADD COLUMN not_before timestamptz,
        ADD COLUMN refuse_limited boolean NOT NULL DEFAULT false`);
      await db.query(`COMMENT ON COLUMN ${table}.not_before IS
        'The slot of the throughput that was reserved for it, where it could not go at once.'`);
      await db.query(`COMMENT ON COLUMN ${table}.refuse_limited IS
        'Its sender wants it refused, and not to wait, where a limit is used up.'`);
    }
    await db.query(`GRANT SELECT (not_before) ON message TO assent_business`);
  }

  async down(db: QueryRunner): Promise<void> {
    for (const table of ['message_wait', 'message'])
      await db.query(`ALTER TABLE ${table} DROP COLUMN refuse_limited, DROP COLUMN not_before`);
    await db.query(`ALTER TABLE business_guard DROP COLUMN throughput_tat`);
  }
}
