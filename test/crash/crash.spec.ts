import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { build } from '../processes/build.js';
import { random } from '../support/random.js';
import { faultsIn } from './checker.js';
import { KILLS } from './fault.js';
import { HookReceiver } from './receiver.js';
import { CrashRun } from './run.js';
import { CrashWorld } from './world.js';

/** From one kill to the next. */
const KILL_MS = 3_500;
/** `npm run test:crash` asks for the long form. */
const LONG = process.env['CRASH_FORM'] === 'long';
const FORM = LONG
  ? { businesses: 8, people: 10_000, messages: 100_000, batch: 25, kills: 50 }
  : { businesses: 8, people: 80, messages: 1_600, batch: 10, kills: 5 };
/**
 * Of so many events a hostile receiver does not take the first call. One that hangs keeps one of the endpoint's few places for as long
 * as a call may take, so the long form, of very many events, has 4,000 troubles, and would have 40,000 by the share of the short one.
 */
const HOSTILE_SHARE = LONG ? 0.02 : 0.2;
const LIMIT_MS = LONG ? 3_600_000 : 600_000;

describe('api, worker and PostgreSQL, killed again and again while businesses send', () => {
  let world: CrashWorld;
  let receiver: HookReceiver;

  beforeAll(() => build(), 300_000);
  afterEach(async () => {
    await world.stop();
    await receiver.close();
  }, 120_000);

  it.each([
    ['sound', 0],
    ['hostile', HOSTILE_SHARE],
  ])(
    'promise: lose nothing and do nothing twice, with receivers of webhooks that are %s',
    async (_, troubledShare) => {
      const seed = Number(process.env['CRASH_SEED'] ?? Date.now() % 1_000_000);
      const draw = random(seed);
      const say = (line: string) => {
        if (LONG) process.stderr.write(`${line}\n`);
      };
      receiver = new HookReceiver(troubledShare, draw);
      world = new CrashWorld();
      const hooks = await receiver.open();
      await world.start(FORM.businesses, FORM.people, (business) => `${hooks}/${business}`);
      for (const { nr, secret } of world.senders) receiver.trust(nr, secret);

      const kills = Array.from({ length: FORM.kills }, () => KILLS[Math.floor(draw() * KILLS.length)]!);
      const run = new CrashRun(world, receiver, { ...FORM, faultMs: KILL_MS }, kills, draw, say);
      const notes = await run.play();
      say(`${JSON.stringify([...run.struck])}; answers of receivers: ${JSON.stringify([...receiver.made])}`);
      const { standstill } = run;
      expect({ seed, faults: faultsIn(notes), standstill }).toEqual({ seed, faults: [] });
      expect(notes.sent).toHaveLength(FORM.messages);
      expect(notes.events).toHaveLength(2 * FORM.messages);
    },
    LIMIT_MS,
  );
});
