/** What a message costs: statements, WAL, where GraphQL's time goes. Reported, without a bar. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rawSingleInsert, seals } from '../limits.ts';
import { Load } from '../load.ts';
import { Sending } from '../messages.ts';
import { PlatformProcess } from '../processes.ts';
import { flameGraph, type Profile, shares } from '../profile.ts';
import type { Run } from '../run.ts';
import { CONTENT_BYTES } from '../seed-messages.ts';
import type { Business } from '../population.ts';
import { businessUrl, type World } from '../world.ts';

const BATCH = 500;

export async function measureCosts(run: Run, world: World): Promise<void> {
  const [business] = world.businesses;
  if (!business) throw new Error('There is no business');
  const load = new Load(world.url, world.apiKey, run.form.secondsEach);
  const sending = new Sending(load, business);
  const one = () => load.run(64, () => sending.one(), 1);
  const many = () => load.run(2, () => sending.many(BATCH), BATCH);
  try {
    await countStatements(run, world, 'single', one);
    await countStatements(run, world, 'batch500', many);
    run.fact(
      'limit.insert.single',
      await rawSingleInsert(world.owner, 1),
      'rows/s',
      'prepared, 16 connections',
    );
    run.fact('limit.aes', seals(0.5), 'texts/s', 'AES-256-GCM of 200 characters, one thread');
    await profile(run, world, business);
  } finally {
    await load.close();
  }
}

/** Statements that the server was sent for a message, and the WAL that it wrote. */
async function countStatements(
  run: Run,
  { owner }: World,
  name: string,
  send: () => Promise<number>,
): Promise<void> {
  await owner.query('CREATE EXTENSION IF NOT EXISTS pg_stat_statements');
  const track = async (what: 'all' | 'none') => {
    await owner.query(`ALTER SYSTEM SET pg_stat_statements.track = '${what === 'all' ? 'top' : 'none'}'`);
    await owner.query('SELECT pg_reload_conf(), pg_sleep(0.3)');
  };
  const look = async () => {
    const { rows } = await owner.query<{ messages: number; wal: number; calls: number }>(
      `SELECT (SELECT count(*)::int FROM message) AS messages, (pg_current_wal_insert_lsn() - '0/0')::float8 AS wal,
        (SELECT coalesce(sum(calls), 0)::int FROM pg_stat_statements) AS calls`,
    );
    return rows[0] ?? { messages: 0, wal: 0, calls: 0 };
  };
  await track('all');
  await owner.query('SELECT pg_stat_statements_reset()');
  const before = await look();
  await send();
  const after = await look();
  await track('none');
  const messages = after.messages - before.messages;
  const statements = (after.calls - before.calls) / messages;
  run.fact(`statements.${name}`, statements, 'a message', 'BEGIN, SET, COMMIT and authentication included');
  const wal = (after.wal - before.wal) / messages;
  run.fact(`wal.${name}`, wal, 'bytes a message', `${(wal / CONTENT_BYTES).toFixed(1)} times what is sealed`);
}

/** An API under the profiler, which sends one by one. */
async function profile(run: Run, world: World, business: Business): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'assent-profile-'));
  const api = await PlatformProcess.start('api', world.environment, [
    '--cpu-prof',
    `--cpu-prof-dir=${directory}`,
    '--cpu-prof-interval=500',
  ]);
  const load = new Load(businessUrl(api), world.apiKey, run.form.secondsEach);
  const sending = new Sending(load, business);
  try {
    await load.run(64, () => sending.one(), 1, 1); // warm-up
    const seconds = run.form.secondsEach * 4;
    await load.run(64, () => sending.one(), 1, seconds);
    await load.close();
    await api.stop();
    const [file] = readdirSync(directory);
    if (!file) throw new Error('The profiler wrote nothing');
    const taken = JSON.parse(readFileSync(join(directory, file), 'utf8')) as Profile;
    for (const [part, share] of shares(taken, seconds))
      run.fact(`profile.${part}`, share * 100, '%', "of the API's busy time, one by one");
    mkdirSync('bench/results', { recursive: true });
    writeFileSync(
      'bench/results/flame-single.svg',
      flameGraph(taken, seconds, 'send.single: one API process'),
    );
  } finally {
    await api.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}
