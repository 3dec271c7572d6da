/** The PostgreSQL of this test run: one of our own, or the one that TEST_DATABASE_URL names. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const HOST = fileURLToPath(new URL('postgres-host.mjs', import.meta.url));

let host;

/** Starts a server in a process of its own and returns its URLs; rejects with its output if it cannot start. */
export async function startServer() {
  // A process group of its own: Ctrl-C in a terminal reaches the whole group, and PostgreSQL is to be stopped
  // in order by its host instead.
  host = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', HOST], {
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const complaints = [];
  createInterface({ input: host.stderr }).on('line', (line) => {
    complaints.push(line);
    if (complaints.length > 100) complaints.shift();
  });
  const lines = createInterface({ input: host.stdout });
  const [answer] = await Promise.race([
    once(lines, 'line'),
    once(host, 'exit').then(([code]) => {
      throw new Error(`PostgreSQL for the tests did not start (exit ${code}):\n${complaints.join('\n')}`);
    }),
  ]);
  return JSON.parse(answer);
}

/** Stops the server that startServer started, and waits until it and its files are gone. */
export async function stopServer() {
  if (!host || host.exitCode !== null) return;
  const gone = once(host, 'exit');
  host.stdin.end();
  await gone;
}
