import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A message is written four times: accepted, dispatched, delivered, read. Where its page has no room for the next version, that goes to another
 * page, and all indexes get an entry more, on pages of their own (ADR 58). What waits in the queue is written twice.
 */
export class RoomForUpdates1795392000065 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await setFillfactors(db, 50, 45);
  }

  async down(db: QueryRunner): Promise<void> {
    await setFillfactors(db, 100, 70);
  }
}

/** Holds from the next page on; pages that are full stay so. */
async function setFillfactors(db: QueryRunner, messages: number, queue: number): Promise<void> {
  await db.query(`UPDATE partitioned_table SET fillfactor = ${messages} WHERE name = 'message'`);
  await db.query(`DO $$
    DECLARE
      name text;
    BEGIN
      FOR name IN SELECT relname FROM pg_inherits JOIN pg_class ON oid = inhrelid WHERE inhparent = 'message'::regclass LOOP
        EXECUTE format('ALTER TABLE %I SET (fillfactor = ${messages})', name);
      END LOOP;
    END $$`);
  await db.query(`ALTER TABLE conversation_queue SET (fillfactor = ${queue})`);
}
