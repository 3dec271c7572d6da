import type { Database } from '@assent/platform';
import { MIGRATIONS } from '../../../migrations/index.js';
import { StartError } from './lifetime.js';

/** What PostgreSQL answers before the first migration: no such role, no such table. */
const NEVER_MIGRATED = new Set(['22023', '42704', '42P01']);

/**
 * Makes sure that the database has every migration of this release; it may have newer ones, as it does while a release
 * is rolled out. @throws StartError
 */
export async function requireSchema(database: Database): Promise<void> {
  const newest = MIGRATIONS.at(-1)?.name;
  const found = await newestIn(database);
  if (found.includes(newest ?? '')) return;
  const state = found.length > 0 ? 'is older than this release' : 'has no schema yet';
  throw new StartError(
    `The database ${state}: run \`npm run migrate\` with its DATABASE_URL, then start again (missing: ${newest})`,
  );
}

async function newestIn(database: Database): Promise<string[]> {
  try {
    const rows = await database.rows<{ name: string }>(
      { role: 'gate' },
      { text: 'SELECT name FROM migration' },
    );
    return rows.map(({ name }) => name);
  } catch (error) {
    if (NEVER_MIGRATED.has((error as { code?: string }).code ?? '')) return [];
    throw error;
  }
}
