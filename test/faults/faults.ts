import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import type { Fault } from '../crash/fault.js';
import type { CrashWorld, Program } from '../crash/world.js';
import { until } from '../support/until.js';
import type { DatabaseProxy } from './database-proxy.js';
import type { SmallDisk } from './small-disk.js';
import { promote, synchronousStandby } from './standby.js';
import type { Unruly } from './unruly.js';

const HOUR_MS = 3_600_000;
/** Longer than any lease. */
const LEASES_MS = 5 * 60_000;
const TROUBLE_MS = 2_000;
/** So many answers to commits get lost. */
const COMMITS_LOST = 5;

/** Connections to PostgreSQL are reset, each several times. */
export const connectionsCut = (proxy: DatabaseProxy): Fault => ({
  name: 'connections cut',
  strike: async ({ world }) => {
    const end = performance.now() + TROUBLE_MS;
    let cut = 0;
    while (performance.now() < end || cut === 0) {
      cut += proxy.cut(0.3);
      await wait(100);
    }
    await world.untilReady('connections hold again');
  },
});

/** Commits are made, and nobody is told. */
export const commitAnswersLost = (proxy: DatabaseProxy): Fault => ({
  name: 'answers to commits lost',
  strike: async ({ world }) => {
    const before = proxy.lost;
    proxy.losing = 0.3;
    await wait(TROUBLE_MS);
    await until('enough are lost', async () => proxy.lost >= before + COMMITS_LOST, 30_000);
    proxy.losing = 0;
    await world.untilReady('commits are answered again');
  },
});

/** A worker does not get to run for as long as its leases last, finds others at its work, and goes on. */
export const workerFrozen: Fault = {
  name: 'worker frozen past its lease',
  strike: async ({ world }) => {
    world.signal('worker', 'SIGSTOP');
    const other = await world.anotherWorker();
    await world.passTime(LEASES_MS);
    await wait(TROUBLE_MS);
    world.signal('worker', 'SIGCONT');
    await wait(TROUBLE_MS);
    other.signal('SIGTERM');
    const ended = await other.exit();
    if (ended !== 0) throw new Error(`The other worker ended with ${ended}:\n${other.output.slice(-3_000)}`);
  },
};

/** The clock of a process goes an hour forward or back, and is set right again. */
export const clockSteps = (unruly: Unruly): Fault => ({
  name: 'clock steps by an hour',
  strike: async ({ random }) => {
    const program: Program = random() < 0.5 ? 'api' : 'worker';
    unruly.let(program, { clock: random() < 0.5 ? HOUR_MS : -HOUR_MS });
    await wait(TROUBLE_MS);
    unruly.let(program, {});
    await wait(100);
  },
});

/** Somebody holds the locks that everything takes, again and again. */
export const lockStorm: Fault = {
  name: 'lock storm',
  strike: async ({ world }) => {
    const client = new pg.Client({ connectionString: world.database.url });
    await client.connect();
    try {
      for (const hold of [
        'SELECT FROM business_guard ORDER BY business_id FOR UPDATE',
        'SELECT FROM person_guard WHERE random() < 0.5 ORDER BY lane, person_id FOR UPDATE',
        'LOCK TABLE conversation_queue IN SHARE ROW EXCLUSIVE MODE',
        'SELECT FROM person_guard ORDER BY lane, person_id FOR UPDATE',
      ]) {
        await client.query('BEGIN');
        // Whoever waits for each other is a deadlock, which may as well end here.
        const held = await client.query(hold).catch((error: unknown) => {
          if ((error as { code?: string }).code !== '40P01') throw error;
        });
        if (held) await wait(TROUBLE_MS / 2);
        await client.query('ROLLBACK');
      }
    } finally {
      await client.end();
    }
  },
};

/** PostgreSQL disconnects everybody, shuts down, and is started again. */
export const databaseRestarted: Fault = {
  name: 'PostgreSQL restarted',
  strike: ({ world }) => world.interrupt('SIGINT'),
};

/** How long a commit waits for the disk, in µs: the most that PostgreSQL can be told to wait (`commit_delay`). */
const SLOW_COMMIT_US = 100_000;

/** The disk takes a tenth of a second for whatever has to be on it before a commit is answered. */
export const diskSlow: Fault = {
  name: 'slow disk',
  strike: async ({ world }) => {
    const client = new pg.Client({ connectionString: world.database.url });
    await client.connect();
    const set = async (delay: string, siblings: string) => {
      await client.query(`ALTER SYSTEM SET commit_delay = ${delay}`);
      await client.query(`ALTER SYSTEM SET commit_siblings = ${siblings}`);
      await client.query('SELECT pg_reload_conf()');
    };
    try {
      await set(String(SLOW_COMMIT_US), '0');
      await slowly(client);
      await wait(TROUBLE_MS);
    } finally {
      await set('DEFAULT', 'DEFAULT');
      await client.end();
    }
  },
};

/** @throws when commits are as fast as ever */
async function slowly(client: pg.Client): Promise<void> {
  await until('commits are slow', async () => {
    const began = performance.now();
    await client.query(`BEGIN; SELECT pg_logical_emit_message(true, 'slow', ''); COMMIT`);
    return performance.now() - began >= SLOW_COMMIT_US / 1_000;
  });
}

let standbys = 0;

/** The primary is gone for good, and its synchronous standby takes its place. */
export const failOver = (proxy: DatabaseProxy): Fault => ({
  name: 'PostgreSQL failed over',
  strike: async ({ world }) => {
    const { server, directory } = world.database;
    const next = join(directory, `../standby-${++standbys}`);
    const standby = await synchronousStandby({ server, directory }, next, world.supervise);
    await wait(TROUBLE_MS);
    world.signal('PostgreSQL', 'SIGKILL');
    await server.stop();
    await promote(standby);
    world.replaceDatabase(standby, next);
    proxy.target = standby.port;
    // Whoever does not know yet is told, as by the machine that takes over the address.
    proxy.cut(1);
    await world.untilReady('the standby has taken over');
    rmSync(directory, { recursive: true });
  },
});

/** PostgreSQL can write nothing more, and panics as soon as it needs a new file for its log. */
export const diskFull = (disk: SmallDisk): Fault => ({
  name: 'disk full',
  strike: async ({ world }) => {
    disk.fill();
    await usedUp(world);
    await wait(TROUBLE_MS);
    disk.free();
    await world.untilReady('there is room on the disk again');
  },
});

/** Has PostgreSQL begin new files of its log until it can not. */
async function usedUp(world: CrashWorld): Promise<void> {
  const client = new pg.Client({ connectionString: world.database.url });
  client.on('error', () => undefined);
  // It may have panicked by itself.
  await client.connect().catch(() => undefined);
  await until(
    'PostgreSQL panics',
    () =>
      client
        .query(`SELECT pg_switch_wal(); SELECT pg_logical_emit_message(false, 'fill', repeat('x', 1000000))`)
        .then(
          () => false,
          () => true,
        ),
    60_000,
  );
  await client.end().catch(() => undefined);
}

/** The worker uses up its memory, and whoever looks after it starts it again. */
export const outOfMemory = (unruly: Unruly): Fault => ({
  name: 'worker out of memory',
  strike: async ({ world }) => {
    unruly.let('worker', { eats: true });
    const ended = await world.restart('worker');
    if (ended === 0) throw new Error('The worker ended well, though it had no memory left');
  },
});
