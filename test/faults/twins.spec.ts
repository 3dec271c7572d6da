import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { faultsIn } from '../crash/checker.js';
import type { Fault } from '../crash/fault.js';
import { HookReceiver } from '../crash/receiver.js';
import { CrashRun } from '../crash/run.js';
import { CrashWorld } from '../crash/world.js';
import { build } from '../processes/build.js';
import { random } from '../support/random.js';

/** One message for each pair of a business and a person: what is lost is the only thing that is wrong. */
const FORM = {
  businesses: 4,
  people: 40,
  messages: 40,
  batch: 1,
  faultMs: 4_000,
  standstill: { ms: 1_000, looks: 2 },
};
const PRELOADED = pathToFileURL('test/support/faulty-process.mjs').href;
const LIMIT_MS = 600_000;
/** `npm run test:faults` asks for it: most of a minute, to show of a checker that it checks. */
const LONG = process.env['FAULTS_FORM'] === 'long';

(LONG ? describe : describe.skip)('the checker of faults', () => {
  const draw = random(7);
  const folder = mkdtempSync(join(tmpdir(), 'assent-test-'));
  const planted = join(folder, 'faults');
  const receiver = new HookReceiver(0, draw);
  const world = new CrashWorld({
    environment: () => ({
      PLANTED_FAULTS: planted,
      NODE_OPTIONS: `--disable-warning=ExperimentalWarning --import ${PRELOADED}`,
    }),
  });

  beforeAll(() => build(), 300_000);
  afterAll(async () => {
    await world.stop();
    await receiver.close();
    rmSync(folder, { recursive: true });
  }, 120_000);

  it(
    'twin: find what is lost where answers do not wait for the disk and PostgreSQL is killed',
    async () => {
      writeFileSync(planted, 'withoutDurability');
      const hooks = await receiver.open();
      await world.start(FORM.businesses, FORM.people, (business) => `${hooks}/${business}`);
      for (const { nr, secret } of world.senders) receiver.trust(nr, secret);
      const killed: Fault = {
        name: 'PostgreSQL killed before it has written',
        strike: async () => {
          await writeLate(world.database.url);
          await wait(2_000);
          await world.interrupt('SIGKILL');
        },
      };
      const notes = await new CrashRun(world, receiver, FORM, [killed], draw, () => undefined).play();
      expect(faultsIn(notes, Infinity)).toContainEqual(expect.stringMatching(/^Lost: /));
    },
    LIMIT_MS,
  );
});

/** What no commit waits for is written ten seconds later. */
async function writeLate(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const [name, value] of [
    ['wal_writer_delay', '10s'],
    ['wal_writer_flush_after', '1GB'],
  ]) {
    await client.query(`ALTER SYSTEM SET ${name} = '${value}'`);
  }
  await client.query('SELECT pg_reload_conf()');
  await client.end();
}
