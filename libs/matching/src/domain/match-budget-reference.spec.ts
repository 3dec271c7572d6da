import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  type BudgetFacts,
  earliestMatch,
  fitsBudget,
  MATCH_WINDOW_MS,
  type MatchLimits,
  placesMissing,
} from './match-budget.js';

const BEGIN = Date.parse('2026-11-23T12:00:00.000Z');
const DAY = MATCH_WINDOW_MS.day;
const WINDOWS = ['day', 'month'] as const;
type Window = (typeof WINDOWS)[number];

/** A place that a number took. */
interface Place {
  number: number;
  at: number;
}

/** The simplest thing that is right: each window is a list of times, looked through from its beginning. */
class ListsOfTimes {
  private readonly taken: Record<Window, Place[]> = { day: [], month: [] };

  constructor(private readonly limits: MatchLimits) {}

  fits(numbers: number[], now: number): boolean {
    return WINDOWS.every((window) => {
      const fresh = this.fresh(window, numbers, now).length;
      return fresh === 0 || this.held(window, now).length + fresh <= this.limits[window];
    });
  }

  take(numbers: number[], now: number): void {
    for (const window of WINDOWS) {
      this.taken[window].push(...this.fresh(window, numbers, now).map((number) => ({ number, at: now })));
    }
  }

  /** Tries every time at which anything changes. */
  retryAt(numbers: number[], now: number): number | null {
    const ends = WINDOWS.flatMap((window) =>
      this.held(window, now).map(({ at }) => at + MATCH_WINDOW_MS[window]),
    );
    return ends.sort((a, b) => a - b).find((at) => this.fits(numbers, at)) ?? null;
  }

  private held(window: Window, now: number): Place[] {
    return this.taken[window].filter(({ at }) => now < at + MATCH_WINDOW_MS[window]);
  }

  private fresh(window: Window, numbers: number[], now: number): number[] {
    return numbers.filter((number) => !this.held(window, now).some((place) => place.number === number));
  }
}

/** What the store keeps, as its statements keep it: a count for each window, and a row for each number. */
interface Kept {
  used: Record<Window, number>;
  rows: Record<number, Record<Window, string | null>>;
}

const time = (at: string | null | undefined) => (at ? Date.parse(at) : null);

/** Gives back what fell out, and reads what is left for a call. */
function use(kept: Kept, numbers: number[], limits: MatchLimits, now: number): BudgetFacts {
  for (const row of Object.values(kept.rows)) {
    for (const window of WINDOWS) {
      const at = time(row[window]);
      if (at === null || at > now - MATCH_WINDOW_MS[window]) continue;
      row[window] = null;
      kept.used[window]--;
    }
  }
  kept.rows = Object.fromEntries(Object.entries(kept.rows).filter(([, { day, month }]) => day ?? month));
  const facts = (window: Window) => {
    const own = numbers.flatMap((number) => time(kept.rows[number]?.[window]) ?? []);
    const firstTakenAt = own.length > 0 ? new Date(Math.min(...own)) : null;
    return { limit: limits[window], used: kept.used[window], held: own.length, firstTakenAt };
  };
  return { day: facts('day'), month: facts('month') };
}

function spend(kept: Kept, numbers: number[], facts: BudgetFacts, now: number): void {
  const at = new Date(now).toISOString();
  for (const number of numbers) {
    const row = kept.rows[number];
    kept.rows[number] = { day: row?.day ?? at, month: row?.month ?? at };
  }
  for (const window of WINDOWS) kept.used[window] += numbers.length - facts[window].held;
}

function retryAt(kept: Kept, numbers: number[], facts: BudgetFacts, now: number): number | null {
  const outlook = (window: Window) => {
    const missing = placesMissing(numbers.length, facts[window]);
    if (missing === null) return { ...facts[window], roomAt: null };
    if (missing === 0) return { ...facts[window], roomAt: new Date(now) };
    const others = Object.entries(kept.rows)
      .flatMap(([number, row]) => (numbers.includes(Number(number)) ? [] : (time(row[window]) ?? [])))
      .sort((a, b) => a - b);
    return { ...facts[window], roomAt: new Date((others[missing - 1] ?? NaN) + MATCH_WINDOW_MS[window]) };
  };
  const earliest = earliestMatch(numbers.length, new Date(now), {
    day: outlook('day'),
    month: outlook('month'),
  });
  return earliest && earliest.getTime();
}

it('a match budget answers as lists of times do, on 10,000 random schedules, wherever the process’s clock and through restarts', () => {
  const call = fc.record({
    wait: fc.oneof(fc.constantFrom(0, 1, DAY - 1, DAY, 30 * DAY), fc.integer({ min: 0, max: 2 * DAY })),
    numbers: fc.uniqueArray(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 4 }),
  });
  const processClock = Date.now;
  let calls = 0;
  Date.now = () => (calls++ % 2 ? 0 : 9e12);
  try {
    fc.assert(
      fc.property(
        fc.array(call, { minLength: 1, maxLength: 25 }),
        fc.record({ day: fc.integer({ min: 0, max: 5 }), month: fc.integer({ min: 0, max: 8 }) }),
        (schedule, limits) => {
          const reference = new ListsOfTimes(limits);
          let kept: Kept = { used: { day: 0, month: 0 }, rows: {} };
          let now = BEGIN;
          for (const { wait, numbers } of schedule) {
            now += wait;
            // As if the process were another one each time.
            kept = JSON.parse(JSON.stringify(kept)) as Kept;
            const facts = use(kept, numbers, limits, now);
            const fits = fitsBudget(numbers.length, facts);
            if (fits !== reference.fits(numbers, now)) expect(fits).toBe(!fits);
            if (fits) {
              spend(kept, numbers, facts, now);
              reference.take(numbers, now);
            } else {
              const answered = retryAt(kept, numbers, facts, now);
              if (answered !== reference.retryAt(numbers, now))
                expect(answered).toBe(reference.retryAt(numbers, now));
            }
          }
        },
      ),
      { numRuns: 10_000 },
    );
  } finally {
    Date.now = processClock;
  }
});
