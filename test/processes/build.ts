import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import pg from 'pg';

const BUILD_LOCK = 4_712;

/** Brings dist/ up to date, one test file at a time; the first of them may have to compile everything. */
export async function build(): Promise<void> {
  const turn = new pg.Client({ connectionString: process.env['TEST_SUPERUSER_URL'] });
  await turn.connect();
  try {
    await turn.query('SELECT pg_advisory_lock($1)', [BUILD_LOCK]);
    await promisify(execFile)('npm', ['run', '--silent', 'build']);
  } finally {
    await turn.end();
  }
}
