/**
 * Hosts one PostgreSQL for one test run, in a process of its own: it answers with the server's addresses in
 * one line of JSON and lives until its standard input ends. The system closes that pipe however the test run
 * ends, by itself, by Ctrl-C or by kill -9, so no server outlives its run.
 */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedPostgres } from '../../libs/platform/src/embedded/embedded-postgres.ts';
import { leaksIn } from './leaks.ts';
import { isScanning, leaksInFolder, noteLeaks } from './scan-for-leaks.ts';

// A test run may lose its data with the machine; what it must not lose is time.
const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

const runEnded = new Promise((resolve) => process.stdin.once('close', resolve).resume());
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.stdin.destroy());
process.stdout.on('error', () => process.stdin.destroy());

const directory = await mkdtemp(join(tmpdir(), 'assent-test-'));
// For root, PostgreSQL runs as another user, who has to pass through this folder to its data.
await chmod(directory, 0o711);
try {
  const log = (line) => {
    console.error(line);
    if (isScanning()) noteLeaks(leaksIn('the log of PostgreSQL', line));
  };
  const server = await EmbeddedPostgres.start({ directory, settings, log });
  const { ownerUrl, appUrl, superuserUrl } = server;
  process.stdout.write(`${JSON.stringify({ ownerUrl, appUrl, superuserUrl })}\n`);
  await runEnded;
  await server.stop();
  // What all databases of the run wrote last, those that are dropped by now too.
  if (isScanning()) noteLeaks(leaksInFolder('the write-ahead log', join(directory, 'data', 'pg_wal')));
} finally {
  await rm(directory, { recursive: true, force: true });
}
