import { createHash, randomBytes } from 'node:crypto';
import pg from 'pg';
import { migrate } from '@assent/platform';
import { MIGRATIONS } from '../../migrations/index.js';

/** A database of one test file: a copy of a migrated template. */
export interface TestDatabase {
  /** As the application connects: a role that owns nothing. */
  appUrl: string;
  /** Runs SQL as a superuser: to arrange what no API may do, and to look behind the walls. */
  sql<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>;
  drop(): Promise<void>;
}

const TEMPLATE_LOCK = 4_711;

/** Clones the template, making it first if this is the first test file that asks. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const superuserUrl = setting('TEST_SUPERUSER_URL');
  const prefix = setting('TEST_DATABASE_PREFIX');
  const names = MIGRATIONS.map(({ name }) => name).join();
  const template = `${prefix}template_${createHash('sha256').update(names).digest('hex').slice(0, 8)}`;
  const name = `${prefix}${randomBytes(6).toString('hex')}`;

  const maintenance = new pg.Client({ connectionString: superuserUrl });
  await maintenance.connect();
  try {
    await maintenance.query('SELECT pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    const { rowCount } = await maintenance.query(
      'SELECT FROM pg_database WHERE datname = $1 AND datistemplate',
      [template],
    );
    if (rowCount === 0) {
      await maintenance.query(`DROP DATABASE IF EXISTS ${template}`);
      await maintenance.query(`CREATE DATABASE ${template} OWNER assent_owner`);
      await migrate(to(setting('TEST_OWNER_URL'), template), MIGRATIONS);
      await maintenance.query(`ALTER DATABASE ${template} IS_TEMPLATE true`);
    }
    await maintenance.query(`CREATE DATABASE ${name} TEMPLATE ${template} OWNER assent_owner`);
  } finally {
    await maintenance.end();
  }

  const superuser = new pg.Pool({ connectionString: to(superuserUrl, name), max: 2 });
  // The pool does not wait for its connections to close, and dropping the database ends those that still do.
  superuser.on('error', () => undefined);
  return {
    appUrl: to(setting('TEST_APP_URL'), name),
    sql: async <Row extends pg.QueryResultRow>(text: string, values?: unknown[]) =>
      (await superuser.query<Row>(text, values)).rows,
    drop: async () => {
      await superuser.end();
      const client = new pg.Client({ connectionString: superuserUrl });
      await client.connect();
      await client.query(`DROP DATABASE ${name} WITH (FORCE)`);
      await client.end();
    },
  };
}

function to(url: string, database: string): string {
  const copy = new URL(url);
  copy.pathname = `/${database}`;
  return copy.href;
}

function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run the tests with npm test`);
  return value;
}
