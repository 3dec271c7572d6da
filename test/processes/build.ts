import { execFile } from 'node:child_process';
import { globSync, statSync } from 'node:fs';
import { promisify } from 'node:util';
import pg from 'pg';

const BUILD_LOCK = 4_712;

/** Brings dist/ up to date where a source is newer than the last build; one test file at a time. */
export async function build(): Promise<void> {
  const turn = new pg.Client({ connectionString: process.env['TEST_SUPERUSER_URL'] });
  await turn.connect();
  try {
    await turn.query('SELECT pg_advisory_lock($1)', [BUILD_LOCK]);
    if (!isFresh()) await promisify(execFile)('npm', ['run', '--silent', 'build']);
  } finally {
    await turn.end();
  }
}

function isFresh(): boolean {
  const built = statSync('dist/.tsbuildinfo', { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const sources = globSync(['{apps,libs,migrations}/**/*.ts', 'tsconfig*.json', 'package-lock.json']);
  return sources.every((source) => source.endsWith('.spec.ts') || statSync(source).mtimeMs < built);
}
