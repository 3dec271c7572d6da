import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { faultsIn } from '../crash/checker.js';
import type { Fault } from '../crash/fault.js';
import { HookReceiver } from '../crash/receiver.js';
import { CrashRun } from '../crash/run.js';
import { CrashWorld, type Surroundings } from '../crash/world.js';
import { build } from '../processes/build.js';
import { random } from '../support/random.js';
import { HaCluster } from './cluster.js';
import { findPrograms } from './programs.js';

/** `npm run test:ha` asks for it: it needs programs that a machine for tests need not have. */
const ASKED = process.env['HA_FORM'] === 'long';
const FORM = { businesses: 8, people: 80, messages: 4_000, batch: 10, faultMs: 30_000 };
const TROUBLE_MS = 5_000;
const LIMIT_MS = 1_800_000;

describe('the reference set-up for high availability', () => {
  const read = (name: string) => readFileSync(`deploy/ha/${name}`, 'utf8');

  it('answers no commit that is on one machine alone, and never makes a primary of who may lack one', () => {
    const patroni = read('patroni.yaml');
    for (const line of [
      'synchronous_mode: true',
      'synchronous_mode_strict: true',
      `synchronous_commit: 'on'`,
    ]) {
      expect(patroni).toContain(line);
    }
    const seconds = (name: string) => Number(new RegExp(`${name}: (\\d+)`).exec(patroni)?.[1]);
    expect(seconds('ttl')).toBeGreaterThanOrEqual(seconds('loop_wait') + 2 * seconds('retry_timeout'));
  });

  it('pools transactions, and keeps their statements', () => {
    expect(read('pgbouncer.ini')).toMatch(/^pool_mode = transaction$/m);
    expect(read('pgbouncer.ini')).toMatch(/^max_prepared_statements = \d{3}$/m);
  });
});

(ASKED ? describe : describe.skip)(
  'an API and a worker behind PgBouncer, while PostgreSQL fails over',
  () => {
    const seed = Number(process.env['HA_SEED'] ?? Date.now() % 1_000_000);
    const draw = random(seed);
    const receiver = new HookReceiver(0.2, draw);
    const surroundings: Surroundings = {};
    const world = new CrashWorld(surroundings);
    let cluster: HaCluster | undefined;

    beforeAll(async () => {
      const programs = findPrograms();
      if (!programs.prepares) {
        say('This PgBouncer is older than 1.21: prepared statements through it do not run here.');
      }
      const started = await HaCluster.start(programs);
      cluster = started.cluster;
      Object.assign(surroundings, {
        servers: started.servers,
        environment: (_: unknown, appUrl: string) => ({
          DATABASE_URL: started.cluster.pooled(appUrl),
          DATABASE_DIRECT_URL: appUrl,
          DATABASE_PREPARED: String(programs.prepares),
        }),
      } satisfies Surroundings);
      await build();
    }, 600_000);
    afterAll(async () => {
      await world.stop();
      await receiver.close();
      await cluster?.stop();
    }, 180_000);

    const say = (line: string) => void process.stderr.write(`${line}\n`);
    const fault = (name: string, strike: () => Promise<void>): Fault => ({
      name,
      strike: async () => {
        await strike();
        await wait(TROUBLE_MS);
        await world.untilReady('the API is ready again');
      },
    });

    it(
      'promise: lose nothing that was answered, and do nothing twice',
      async () => {
        const hooks = await receiver.open();
        await world.start(FORM.businesses, FORM.people, (business) => `${hooks}/${business}`);
        for (const { nr, secret } of world.senders) receiver.trust(nr, secret);
        const faults = [
          fault('primary lost', () => cluster!.losePrimary()),
          fault('switched over', () => cluster!.switchOver()),
          fault('PostgreSQL killed', () => cluster!.crashPrimary()),
          fault('PgBouncer killed', () => cluster!.interrupt('pgbouncer', 0)),
          fault('HAProxy killed', () => cluster!.interrupt('haproxy', 0)),
          fault('etcd away for longer than a lease', () => cluster!.interrupt('etcd', 30_000)),
          fault('primary lost again', () => cluster!.losePrimary()),
        ];
        const run = new CrashRun(world, receiver, FORM, faults, draw, say);
        const notes = await run.play();
        say(`seed ${seed}: ${JSON.stringify(Object.fromEntries(run.struck))}`);
        const { standstill } = run;
        expect({ seed, faults: faultsIn(notes), standstill }).toEqual({ seed, faults: [] });
        expect(notes.sent).toHaveLength(FORM.messages);
        expect(run.struck.size).toBe(faults.length);
      },
      LIMIT_MS,
    );
  },
);
