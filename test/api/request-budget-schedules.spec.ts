import { performance } from 'node:perf_hooks';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Configuration, Database, KeyRing, LOGGER, RateLimited, RequestBudgets } from '@assent/platform';
import { BudgetStore } from '../../libs/platform/src/requests/budget.store.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';
import { random } from '../support/random.js';

const SCHEDULES = 10_000;
/** So many are tried at a time, each an asker of its own: they are settled by the same statements. */
const TOGETHER = 500;
const STEPS = 8;
const MOST = 600;
const REFILL_MS = 60_000;
const UNIT_MS = REFILL_MS / MOST;
/** What a process may take before it has heard of what others took: a twentieth, or one dearer operation. */
const SHARE = MOST / 20;
const BEGIN = Date.parse('2026-11-23T12:00:00.000Z');

interface Taken {
  at: number;
  units: number;
}

/** The simplest thing that is right: a list of times, and of what was taken then. */
class ListOfTimes {
  readonly taken: Taken[] = [];

  /** When so many units are there: from each time on no more may be taken than a bucket holds, and gets since then. */
  fitsFrom(units: number, now: number): number {
    let sum = Math.min(units, MOST);
    return this.taken.reduceRight((earliest, { at, units: others }) => {
      sum += Math.min(others, MOST);
      return Math.max(earliest, at + sum * UNIT_MS - REFILL_MS);
    }, now);
  }

  /** By how many units more was taken than may be. */
  overdrawn(now: number): number {
    return Math.max(0, (this.fitsFrom(0, now) - now) / UNIT_MS);
  }
}

/** What an asker is known to have taken. */
class Schedule {
  /** With what a process may have taken with it when it died. */
  readonly atMost = new ListOfTimes();
  /** Without. */
  readonly atLeast = new ListOfTimes();
  /** Processes that it has asked. */
  readonly asked = new Set<RequestBudgets>();
  readonly draw: () => number;

  constructor(readonly nr: number) {
    this.draw = random(nr);
  }

  get subject() {
    return { kind: 'member', id: String(this.nr) } as const;
  }
}

describe('a budget of requests, against a list of times', () => {
  let platform: TestPlatform;
  const processClock = Date.now;
  const processTicks = performance.now.bind(performance);
  /** The database's time. */
  let now = BEGIN;

  beforeAll(async () => {
    platform = await startPlatform({ REQUEST_UNITS_MEMBER: String(MOST) }, { worker: false });
  });
  beforeEach(() => {
    let calls = 0;
    Date.now = () => (calls++ % 2 ? 0 : 9e12);
    // What nobody sets goes on as the database's clock does.
    performance.now = () => now - BEGIN;
  });
  afterEach(() => {
    Date.now = processClock;
    performance.now = processTicks;
  });
  afterAll(() => platform.stop());

  async function goOn(ms: number): Promise<void> {
    now += ms;
    await platform.database
      .sql(`CREATE OR REPLACE FUNCTION assent_now() RETURNS timestamptz LANGUAGE sql VOLATILE
      PARALLEL SAFE AS $$ SELECT timestamptz '${new Date(now).toISOString()}' $$`);
  }

  function aProcess(): RequestBudgets {
    const { app } = platform;
    const strict = { strict: false };
    return new RequestBudgets(
      app.get(Configuration, strict),
      app.get(KeyRing, strict),
      new BudgetStore(app.get(Database, strict)),
      app.get(LOGGER, strict),
    );
  }

  /** Tells the database everything: what is under way first, and then the rest. */
  async function settle(process: RequestBudgets): Promise<void> {
    for (let times = 0; times < 2; times++) await process.settle();
  }

  /** Takes units. @returns null, or from when on they are there */
  async function ask(process: RequestBudgets, { subject }: Schedule, units: number): Promise<number | null> {
    try {
      await process.charge(subject, units);
      return null;
    } catch (error) {
      if (error instanceof RateLimited) return error.retryAt.getTime();
      throw error;
    }
  }

  const groups = (each: (schedules: Schedule[]) => Promise<void>) => async () => {
    for (let from = 0; from < SCHEDULES; from += TOGETHER)
      await each(Array.from({ length: TOGETHER }, (_, at) => new Schedule(from + at + 1)));
  };
  const pick = <Value>(draw: () => number, ...values: Value[]) =>
    values[Math.floor(draw() * values.length)] as Value;
  const pause = (draw: () => number) => pick(draw, 0, 1, 100, 2_500, 20_000, 61_000);

  it(
    'is, in one process, what it says, on 10,000 random schedules, wherever the clock of the process is',
    groups(async (schedules) => {
      const process = aProcess();
      const draw = random(schedules[0]?.nr ?? 0);
      for (let step = 0; step < STEPS; step++) {
        await goOn(pause(draw));
        await Promise.all(
          schedules.map(async (schedule) => {
            for (let asks = Math.floor(schedule.draw() * 3); asks > 0; asks--) {
              const units = pick(schedule.draw, 1, 7, SHARE, SHARE + 1, 200, MOST, 2 * MOST);
              const fits = schedule.atLeast.fitsFrom(units, now);
              const retryAt = await ask(process, schedule, units);
              if (retryAt !== (fits > now ? fits : null)) expect({ units, now, retryAt }).toEqual({ fits });
              if (retryAt === null) schedule.atLeast.taken.push({ at: now, units });
            }
          }),
        );
        await settle(process);
      }
    }),
  );

  it(
    'is, in several that restart and die, overdrawn by no more than a share for each but one, and never underdrawn',
    groups(async (schedules) => {
      const draw = random(schedules[0]?.nr ?? 0);
      const processes = [aProcess(), aProcess(), aProcess()];
      await goOn(61_000);
      for (let step = 0; step < STEPS; step++) {
        await goOn(pause(draw));
        /** Of this step, and so of what a process that dies may not have told. */
        const taken = new Map(processes.map((process) => [process, new Map<Schedule, Taken>()]));
        await Promise.all(
          schedules.map(async (schedule) => {
            for (let asks = Math.floor(schedule.draw() * 9); asks > 0; asks--) {
              const process = pick(schedule.draw, ...processes);
              const units = pick(schedule.draw, 1, 7, SHARE);
              const retryAt = await ask(process, schedule, units);
              if (retryAt !== null) {
                const fits = schedule.atMost.fitsFrom(units, now);
                if (retryAt > fits || fits === now) expect({ units, now, retryAt }).toEqual({ fits });
                continue;
              }
              schedule.asked.add(process);
              const before = taken.get(process)?.get(schedule)?.units ?? 0;
              taken.get(process)?.set(schedule, { at: now, units: before + units });
              schedule.atMost.taken.push({ at: now, units });
            }
          }),
        );
        const dies = draw() < 0.2 ? Math.floor(draw() * processes.length) : -1;
        for (const [at, process] of processes.entries()) {
          if (at === dies || draw() < 0.1) processes[at] = aProcess();
          if (at === dies) continue;
          await settle(process);
          for (const [schedule, all] of taken.get(process) ?? []) schedule.atLeast.taken.push(all);
        }
        for (const { atLeast, asked, nr } of schedules) {
          const overdrawn = atLeast.overdrawn(now);
          if (overdrawn > Math.max(0, asked.size - 1) * SHARE)
            expect({ nr, overdrawn }).toEqual({ processes: asked.size });
        }
      }
    }),
  );
});
