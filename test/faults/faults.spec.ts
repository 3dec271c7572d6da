import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { faultsIn } from '../crash/checker.js';
import { type Fault, KILLS } from '../crash/fault.js';
import { HookReceiver } from '../crash/receiver.js';
import { CrashRun } from '../crash/run.js';
import { CrashWorld } from '../crash/world.js';
import { build } from '../processes/build.js';
import { random } from '../support/random.js';
import { DatabaseProxy } from './database-proxy.js';
import {
  clockSteps,
  commitAnswersLost,
  connectionsCut,
  databaseRestarted,
  diskFull,
  diskSlow,
  failOver,
  lockStorm,
  outOfMemory,
  workerFrozen,
} from './faults.js';
import { type Answers, flood } from './flood.js';
import { SmallDisk } from './small-disk.js';
import { Unruly } from './unruly.js';

/** `npm run test:faults` asks for the long form, and FAULTS_ROUNDS for another number than ten of each fault. */
const LONG = process.env['FAULTS_FORM'] === 'long';
const ROUNDS = Number(process.env['FAULTS_ROUNDS'] ?? 10);
const FORM = LONG
  ? {
      businesses: 8,
      people: 400,
      messages: 2_400 * ROUNDS,
      batch: 20,
      faultMs: 10_000,
      rounds: ROUNDS,
      floodMs: 300_000,
    }
  : { businesses: 8, people: 80, messages: 1_600, batch: 10, faultMs: 4_500, rounds: 1, floodMs: 3_000 };
const LIMIT_MS = LONG ? 3_600_000 : 1_200_000;
/** So many requests the API takes at a time. */
const MOST_REQUESTS = 40;

describe('whatever goes wrong while businesses send', () => {
  const seed = Number(process.env['FAULTS_SEED'] ?? Date.now() % 1_000_000);
  const draw = random(seed);
  const unruly = new Unruly();
  const proxy = new DatabaseProxy(draw);
  const disk = SmallDisk.mount();
  const receiver = new HookReceiver(0.2, draw);
  const answers: Answers = new Map();
  const world = new CrashWorld({
    ...(disk ? { disk: disk.path } : {}),
    reach: async (port) => {
      proxy.target = port;
      await proxy.open();
      return proxy.port;
    },
    environment: (program) => ({
      ...unruly.environment(program),
      OVERLOAD_REQUESTS: String(MOST_REQUESTS),
    }),
  });

  beforeAll(() => build(), 300_000);
  afterAll(async () => {
    await world.stop();
    await proxy.close();
    await receiver.close();
    disk?.unmount();
    unruly.remove();
  }, 120_000);

  /** All of them, as often as the form says, in any order. */
  function order(): Fault[] {
    const all = [
      ...KILLS,
      connectionsCut(proxy),
      commitAnswersLost(proxy),
      workerFrozen,
      clockSteps(unruly),
      lockStorm,
      diskSlow,
      databaseRestarted,
      failOver(proxy),
      outOfMemory(unruly),
      ...(disk ? [diskFull(disk)] : []),
    ];
    const round = () =>
      all
        .map((fault) => ({ fault, place: draw() }))
        .sort((a, b) => a.place - b.place)
        .map(({ fault }) => fault);
    return [
      ...Array.from({ length: FORM.rounds }, round).flat(),
      flood(MOST_REQUESTS, FORM.floodMs, answers),
    ];
  }

  it(
    'promise: lose nothing and do nothing twice, and recover',
    async () => {
      const say = (line: string) => {
        if (LONG || process.env['FAULTS_SEED']) process.stderr.write(`${line}\n`);
      };
      const hooks = await receiver.open();
      await world.start(FORM.businesses, FORM.people, (business) => `${hooks}/${business}`);
      for (const { nr, secret } of world.senders) receiver.trust(nr, secret);
      const faults = order();
      const run = new CrashRun(world, receiver, FORM, faults, draw, say);
      const notes = await run.play();
      process.stdout.write(
        `seed ${seed}: ${JSON.stringify(Object.fromEntries(run.struck))}; answers to ten times the load: ` +
          `${JSON.stringify(Object.fromEntries(answers))}; ${proxy.lost} answers to commits lost` +
          `${disk ? '' : '; no disk was full, as nothing can be mounted here'}\n`,
      );
      const { standstill } = run;
      expect({ seed, faults: faultsIn(notes), standstill }).toEqual({ seed, faults: [] });
      expect(run.struck.size).toBe(new Set(faults.map(({ name }) => name)).size);
      // Under too much load it says so, and nothing else goes wrong.
      expect([...answers.keys()].sort()).toEqual(['200', '503 OVERLOADED']);
    },
    LIMIT_MS,
  );
});
