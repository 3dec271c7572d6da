import type { MigrationInterface } from 'typeorm';
import { createDataSource } from './data-source.js';

/** Any number will do, as long as every release uses the same: ASCII of "assent". */
const MIGRATION_LOCK = 0x617373656e74n;
const OLDEST_SERVER = 150_000;

/**
 * Brings a database to the newest schema, all or nothing; processes that start together wait for one another under
 * an advisory lock. The URL must lead to PostgreSQL itself or to a session pooler, since the lock is a session's.
 * @returns names of the migrations that ran
 */
export async function migrate(url: string, migrations: (new () => MigrationInterface)[]): Promise<string[]> {
  const source = createDataSource(url, { migrations, poolSize: 2, name: 'assent-migrate' });
  await source.initialize();
  try {
    const lock = source.createQueryRunner();
    try {
      const [server] = (await lock.query(`SELECT current_setting('server_version_num')::int AS version`)) as {
        version: number;
      }[];
      if (!server || server.version < OLDEST_SERVER) throw new Error('Assent needs PostgreSQL 15 or newer');
      await lock.query(`SELECT pg_advisory_lock(${MIGRATION_LOCK})`);
      const ran = await source.runMigrations({ transaction: 'all' });
      return ran.map(({ name }) => name);
    } finally {
      await lock.query(`SELECT pg_advisory_unlock(${MIGRATION_LOCK})`).catch(() => undefined);
      await lock.release();
    }
  } finally {
    await source.destroy();
  }
}
