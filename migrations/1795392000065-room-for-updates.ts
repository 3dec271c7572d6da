import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A message is written four times: accepted, dispatched, delivered, read. Where its page has no room for the next version, that goes to another
 * page, and all indexes get an entry more, on pages of their own (ADR 58). So it is with what is kept of its contact and its person, and
 * with what waits in the queue, which is written twice. Holds from the next page on.
 */
export class RoomForUpdates1795392000065 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await setFillfactors(db, { message: 50, contact_state: 50, person_guard: 50, conversation_queue: 45 });
  }

  async down(db: QueryRunner): Promise<void> {
    await setFillfactors(db, { message: 100, contact_state: 70, person_guard: 70, conversation_queue: 70 });
  }
}

async function setFillfactors(
  db: QueryRunner,
  { message, ...others }: Record<'message' | 'contact_state' | 'person_guard' | 'conversation_queue', number>,
): Promise<void> {
  for (const [table, fillfactor] of Object.entries(others))
    await db.query(`ALTER TABLE ${table} SET (fillfactor = ${fillfactor})`);
  await db.query(`UPDATE partitioned_table SET fillfactor = ${message} WHERE name = 'message'`);
  await db.query(`DO $$
    DECLARE
      name text;
    BEGIN
      FOR name IN SELECT relname FROM pg_inherits JOIN pg_class ON oid = inhrelid WHERE inhparent = 'message'::regclass LOOP
        EXECUTE format('ALTER TABLE %I SET (fillfactor = ${message})', name);
      END LOOP;
    END $$`);
}
