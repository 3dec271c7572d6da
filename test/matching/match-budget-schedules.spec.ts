import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { LimitOverrides } from '@assent/accounts';
import { Database, type Transaction, uuid7 } from '@assent/platform';
import {
  fitsBudget,
  MATCH_WINDOW_MS,
  type MatchLimits,
  matchLimits,
} from '../../libs/matching/src/domain/match-budget.js';
import {
  MatchBudgetStore,
  type MatchingBusiness,
} from '../../libs/matching/src/persistence/match-budget.store.js';
import { factsOf, ForeseeMatch } from '../../libs/matching/src/use-cases/foresee-match.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';
import { random } from '../support/random.js';

const SCHEDULES = 10_000;
/** So many are tried at a time: their statements travel together, under one clock. */
const TOGETHER = 500;
const CALLS = 5;
const SETTINGS = { MATCH_DAILY: [1, 2, 3, 4, 5], MATCH_MONTHLY: [2, 4, 5, 7, 9] };
const TIERS = ['TIER_250', 'TIER_2K', 'TIER_10K', 'TIER_100K', 'UNLIMITED'] as const;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const BEGIN = Date.parse('2026-11-23T12:00:00.000Z');
const WINDOWS = ['day', 'month'] as const;
type Window = (typeof WINDOWS)[number];

/** A number that took a place, and when. */
interface Place {
  number: number;
  at: number;
}

/** The simplest thing that is right: each window is a list of times, looked through from its beginning. */
class ListsOfTimes {
  private readonly taken: Record<Window, Place[]> = { day: [], month: [] };

  constructor(private readonly business: MatchingBusiness) {}

  fits(numbers: number[], now: number): boolean {
    const limits: MatchLimits = matchLimits(this.business, SETTINGS, new Date(now));
    return WINDOWS.every((window) => {
      const fresh = this.fresh(window, numbers, now).length;
      return fresh === 0 || this.held(window, now).length + fresh <= limits[window];
    });
  }

  take(numbers: number[], now: number): void {
    for (const window of WINDOWS)
      this.taken[window].push(...this.fresh(window, numbers, now).map((number) => ({ number, at: now })));
  }

  /** Tries every time at which anything changes. */
  retryAt(numbers: number[], now: number): number | null {
    const freed = WINDOWS.flatMap((window) =>
      this.held(window, now).map(({ at }) => at + MATCH_WINDOW_MS[window]),
    );
    const ended = Object.values(this.business.overrides).map(({ endsAt }) => endsAt.getTime());
    const times = [...freed, ...ended.filter((end) => end > now)].sort((a, b) => a - b);
    return times.find((at) => this.fits(numbers, at)) ?? null;
  }

  private held(window: Window, now: number): Place[] {
    return this.taken[window].filter(({ at }) => now < at + MATCH_WINDOW_MS[window]);
  }

  private fresh(window: Window, numbers: number[], now: number): number[] {
    return numbers.filter((number) => !this.held(window, now).some((place) => place.number === number));
  }
}

/** A business that asks for numbers, and what it has to be answered. */
class Schedule {
  readonly businessId: string;
  readonly business: MatchingBusiness;
  readonly reference: ListsOfTimes;
  private readonly draw: () => number;

  constructor(nr: number, begin: number) {
    this.businessId = uuid7(BEGIN + nr);
    this.draw = random(nr);
    const set = (kind: 'MATCH_DAILY' | 'MATCH_MONTHLY', most: number): LimitOverrides => {
      const endsAt = new Date(begin + Math.round(this.draw() * 40 * DAY));
      return this.draw() < 0.25 ? { [kind]: { value: this.upTo(most), endsAt } } : {};
    };
    this.business = {
      status: 'VERIFIED',
      tier: TIERS[this.upTo(TIERS.length - 1)] ?? 'TIER_250',
      overrides: { ...set('MATCH_DAILY', 5), ...set('MATCH_MONTHLY', 9) },
    };
    this.reference = new ListsOfTimes(this.business);
  }

  /** Different numbers of ten that there are; now and then the schedule passes. */
  numbers(): number[] {
    if (this.draw() < 0.1) return [];
    return [...new Set(Array.from({ length: 1 + this.upTo(3) }, () => this.upTo(9)))];
  }

  private upTo(most: number): number {
    return Math.floor(this.draw() * (most + 1));
  }
}

const MARKS = Array.from({ length: 10 }, (_, number) =>
  createHash('sha256').update(String(number)).digest().subarray(0, 16),
);

/** By the statements and functions of matchContacts, on what PostgreSQL keeps; nothing is kept in a process, so it may be another one each time. */
describe('a match budget, against lists of times', () => {
  let platform: TestPlatform;
  let database: Database;
  let store: MatchBudgetStore;
  let foresee: ForeseeMatch;
  const processClock = Date.now;

  beforeAll(async () => {
    const settings = {
      MATCH_DAILY: SETTINGS.MATCH_DAILY.join(),
      MATCH_MONTHLY: SETTINGS.MATCH_MONTHLY.join(),
    };
    platform = await startPlatform(settings, { worker: false });
    const part = <Part>(type: new (...parts: never[]) => Part) => platform.app.get(type, { strict: false });
    [database, store, foresee] = [part(Database), part(MatchBudgetStore), part(ForeseeMatch)];
  });
  beforeEach(() => {
    let calls = 0;
    Date.now = () => (calls++ % 2 ? 0 : 9e12);
  });
  afterEach(() => {
    Date.now = processClock;
  });
  afterAll(() => platform.stop());

  const setClock = (at: number) =>
    platform.database.sql(`CREATE OR REPLACE FUNCTION assent_now() RETURNS timestamptz LANGUAGE sql VOLATILE
      PARALLEL SAFE AS $$ SELECT timestamptz '${new Date(at).toISOString()}' $$`);

  async function makeBusinesses(ids: string[]): Promise<void> {
    await platform.database.sql(
      `INSERT INTO business (id, display_name, country, created_at) SELECT unnest($1::uuid[]), 'Shop', 'DE', assent_now()`,
      [ids],
    );
    await platform.database.sql('INSERT INTO match_budget (business_id) SELECT unnest($1::uuid[])', [ids]);
  }

  /** One call of one schedule: what it is answered must be what the reference answers. */
  async function call(tx: Transaction, schedule: Schedule, numbers: number[], now: number): Promise<void> {
    const { businessId, business, reference } = schedule;
    const asked = numbers.length;
    const marks = Buffer.concat(numbers.map((number) => MARKS[number] as Buffer));
    const use = await store.use(tx, businessId, marks);
    const fits = fitsBudget(asked, factsOf(use, matchLimits(business, SETTINGS, use.now)));
    const told = fits || (await foresee.retryAt(tx, { businessId, business, marks, asked }, use));
    const right = reference.fits(numbers, now) || reference.retryAt(numbers, now);
    const answer = told instanceof Date ? told.getTime() : told;
    if (answer !== right)
      expect({ business, numbers, now, answer }).toEqual({ business, numbers, now, answer: right });
    if (!fits) return;
    reference.take(numbers, now);
    await store.spend(tx, businessId, marks, use);
  }

  it('answers as they do on 10,000 random schedules, wherever the clock of the process is', async () => {
    const draw = random(SCHEDULES);
    let now = BEGIN;
    for (let from = 0; from < SCHEDULES; from += TOGETHER) {
      const schedules = Array.from({ length: TOGETHER }, (_, at) => new Schedule(from + at + 1, now));
      await makeBusinesses(schedules.map(({ businessId }) => businessId));
      for (let nr = 0; nr < CALLS; nr++) {
        const waits = [0, 1, DAY - 1, DAY, 30 * DAY, ...Array.from({ length: 10 }, () => draw() * 2 * DAY)];
        now += Math.round(waits[Math.floor(draw() * waits.length)] ?? 0);
        await setClock(now);
        await database.transaction({ role: 'engine' }, (tx) =>
          Promise.all(
            schedules.map(async (schedule) => {
              const numbers = schedule.numbers();
              if (numbers.length > 0) await call(tx, schedule, numbers, now);
            }),
          ),
        );
      }
    }
  });
});
