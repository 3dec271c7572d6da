import { execFile } from 'node:child_process';
import { renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { faultsIn } from '../crash/checker.js';
import type { Fault } from '../crash/fault.js';
import { HookReceiver } from '../crash/receiver.js';
import { CrashRun } from '../crash/run.js';
import { CrashWorld, type Program } from '../crash/world.js';
import { type Answers, flood } from '../faults/flood.js';
import { build } from '../processes/build.js';
import { random } from '../support/random.js';

/** Where the next release is, built. */
const NEXT = process.env['UPGRADE_TO'] ?? '';
const FORM = { businesses: 8, people: 80, messages: 1_600, batch: 10, faultMs: 20_000 };
/** Clients ask for so long, from a while before the migrations on. */
const ASKED_MS = 20_000;
const BEFORE_MS = 3_000;
const LIMIT_MS = 600_000;

/**
 * `scripts/upgrade.ts` puts this file among the tests of the release before, and runs it there: all that it imports, and all that runs at
 * first, is of that release.
 */
describe('the release before, while the next one takes its place', () => {
  const seed = Number(process.env['UPGRADE_SEED'] ?? Date.now() % 1_000_000);
  const draw = random(seed);
  const receiver = new HookReceiver(0, draw);
  const world = new CrashWorld();
  const answers: Answers = new Map();
  let ran = '';

  beforeAll(() => build(), 300_000);
  afterAll(async () => {
    await world.stop();
    await receiver.close();
  }, 120_000);

  /** Ten clients ask all the time, and each failure would be seen. */
  const migrated: Fault = {
    name: 'migrated',
    strike: async (stage) => {
      const asked = flood(1, ASKED_MS, answers).strike(stage);
      await wait(BEFORE_MS);
      ran = await migrateToNext(world);
      await asked;
    },
  };
  const replaced = (program: Program): Fault => ({
    name: `${program} replaced`,
    strike: async () => {
      world.signal(program, 'SIGTERM');
      expect(await world.restart(program)).toBe(0);
    },
  });
  const programsReplaced: Fault = {
    name: 'programs replaced',
    strike: async () => {
      renameSync('dist', 'dist.before');
      symlinkSync(join(NEXT, 'dist'), 'dist');
    },
  };

  it(
    'promise: fail no request while the schema changes, and lose nothing and do nothing twice until all is replaced',
    async () => {
      const hooks = await receiver.open();
      await world.start(FORM.businesses, FORM.people, (business) => `${hooks}/${business}`);
      for (const { nr, secret } of world.senders) receiver.trust(nr, secret);
      const faults = [migrated, programsReplaced, replaced('worker'), replaced('api')];
      const run = new CrashRun(world, receiver, FORM, faults, draw, (line) =>
        process.stderr.write(`${line}\n`),
      );
      const notes = await run.play();
      process.stderr.write(
        `${ran}seed ${seed}: ${JSON.stringify(Object.fromEntries(run.struck))}; answers while it was migrated: ` +
          `${JSON.stringify(Object.fromEntries(answers))}\n`,
      );
      const { standstill } = run;
      expect({ seed, faults: faultsIn(notes), standstill }).toEqual({ seed, faults: [] });
      expect(ran).toMatch(/^Ran \d+ of/);
      expect([...answers.keys()]).toEqual(['200']);
    },
    LIMIT_MS,
  );
});

/** What the next release's `npm run migrate` says. */
async function migrateToNext(world: CrashWorld): Promise<string> {
  const url = new URL(process.env['TEST_OWNER_URL'] ?? '');
  url.pathname = new URL(world.database.url).pathname;
  const began = performance.now();
  const { stdout } = await promisify(execFile)(process.execPath, ['dist/apps/platform/src/migrate.js'], {
    cwd: NEXT,
    env: { PATH: process.env['PATH'], DATABASE_URL: url.href },
  });
  return `${stdout}in ${Math.round(performance.now() - began)} ms; `;
}
