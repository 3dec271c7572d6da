/**
 * `npm run bench:import`: uploads a file of a million opt-ins, kills the worker with SIGKILL in the middle, starts another, and
 * checks that every row has its result exactly once. Prints rows a second and the most memory that each process had.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { createInterface } from 'node:readline';
import { createWorld, type World } from './world.ts';

const ROWS = Number(process.env['BENCH_IMPORT_ROWS'] ?? 1_000_000);
const PURPOSES = ['AUTHENTICATION', 'SERVICE', 'MARKETING', 'ADS', 'ANALYTICS'];
const HASH = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';

interface Job {
  status: string;
  rowsDone: number;
  failure: string | null;
}

function* file(contacts: readonly string[]): Generator<string> {
  yield 'correlation_id,contact,purpose,given_at,evidence_kind,wording_hash,evidence_reference\n';
  let lines = '';
  for (let row = 0; row < ROWS; row++) {
    const contact = contacts[Math.floor(row / PURPOSES.length)] ?? '';
    const purpose = PURPOSES[row % PURPOSES.length] ?? '';
    lines += `r-${row},${contact},${purpose},2026-05-04T10:00:00Z,DOUBLE_OPT_IN,${HASH},form ${row % 97}\n`;
    if (lines.length < 64_000) continue;
    yield lines;
    lines = '';
  }
  yield lines;
}

async function upload(world: World, url: string): Promise<string> {
  const headers = { authorization: `Bearer ${world.apiKey}`, 'content-type': 'text/csv' };
  const sending = request(url, { method: 'POST', headers });
  Readable.from(file(world.contacts)).pipe(sending);
  const [response] = (await once(sending, 'response')) as [AsyncIterable<Buffer> & { statusCode: number }];
  let body = '';
  for await (const chunk of response) body += chunk.toString();
  if (response.statusCode !== 202) throw new Error(`The upload was refused: ${response.statusCode} ${body}`);
  return (JSON.parse(body) as { id: string }).id;
}

async function read(world: World, id: string): Promise<Job> {
  const response = await fetch(world.url, {
    method: 'POST',
    headers: { authorization: `Bearer ${world.apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query: `{ consentImport(id: "${id}") { status rowsDone failure } }` }),
  });
  const { data } = (await response.json()) as { data: { consentImport: Job } };
  return data.consentImport;
}

/** How many rows have no result, and how many have several or another one than IMPORTED. */
async function check(world: World, url: string): Promise<{ missing: number; wrong: number }> {
  const response = await fetch(url, { headers: { authorization: `Bearer ${world.apiKey}` } });
  const seen = new Uint8Array(ROWS);
  let wrong = 0;
  let lines = 0;
  if (!response.body) throw new Error('No results');
  for await (const line of createInterface({ input: Readable.fromWeb(response.body as never) })) {
    if (lines++ === 0) continue;
    const [id = '', outcome] = line.split(',');
    const row = Number(id.slice(2));
    if (outcome !== 'IMPORTED' || seen[row] !== 0) wrong++;
    seen[row] = 1;
  }
  return { missing: seen.filter((times) => times === 0).length, wrong };
}

const startWorker = (world: World): ChildProcess =>
  spawn(process.execPath, ['dist/apps/worker/src/main.js'], {
    env: world.environment,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
/** The most resident memory that a process ever had, in MB; Linux only. */
const mostMemory = (pid = 0) =>
  Math.round(Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024);
const per = (rows: number, ms: number) => Math.round((rows / ms) * 1_000).toLocaleString('en');

console.log(`Seeding ${(ROWS / PURPOSES.length).toLocaleString('en')} contacts …`);
const world = await createWorld(Math.ceil(ROWS / PURPOSES.length));
let worker: ChildProcess | undefined;
try {
  const files = world.url.replace('/graphql', '/consent-imports');
  let from = performance.now();
  const id = await upload(world, files);
  console.log(`Uploaded ${ROWS.toLocaleString('en')} rows: ${per(ROWS, performance.now() - from)} rows/s`);

  worker = startWorker(world);
  from = performance.now();
  let job = await read(world, id);
  for (; job.rowsDone < ROWS * 0.4; job = await read(world, id)) await wait(50);
  const before = mostMemory(worker.pid);
  const firstMs = performance.now() - from;
  const firstRows = job.rowsDone;
  worker.kill('SIGKILL');
  await once(worker, 'exit');
  console.log(
    `Killed the worker at ${firstRows.toLocaleString('en')} rows: ${per(firstRows, firstMs)} rows/s`,
  );

  worker = startWorker(world);
  const held = performance.now();
  const atDeath = (await read(world, id)).rowsDone;
  for (; job.rowsDone <= atDeath && job.status === 'RUNNING'; job = await read(world, id)) await wait(50);
  console.log(`Another worker went on after ${((performance.now() - held) / 1_000).toFixed(1)} s`);
  from = performance.now();
  const onFrom = job.rowsDone;
  for (; job.status === 'RUNNING'; job = await read(world, id)) await wait(100);
  console.log(`It did the rest: ${per(job.rowsDone - onFrom, performance.now() - from)} rows/s`);
  if (job.status !== 'DONE') throw new Error(`The job ended ${job.status}: ${job.failure ?? ''}`);

  const { missing, wrong } = await check(world, `${files}/${id}/results`);
  const { rows } = await world.owner.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM consent_event WHERE source = 'import'`,
  );
  console.log(
    `Peak memory: API ${mostMemory(world.api.pid)} MB, workers ${before} and ${mostMemory(worker.pid)} MB`,
  );
  console.log(`Rows without a result ${missing}, with a wrong one ${wrong}; ledger entries ${rows[0]?.n}`);
  if (missing > 0 || wrong > 0 || rows[0]?.n !== ROWS) process.exitCode = 1;
} finally {
  if (worker?.kill('SIGTERM')) await once(worker, 'exit');
  await world.close();
}
