import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  type BudgetFacts,
  earliestMatch,
  fitsBudget,
  MATCH_WINDOW_MS,
  matchLimits,
  placesMissing,
  type WindowFacts,
} from './match-budget.js';

const DAY = MATCH_WINDOW_MS.day;
const NOW = new Date('2026-11-23T12:00:00Z');
const window = (facts: Partial<WindowFacts>): WindowFacts => ({
  limit: 10,
  used: 0,
  held: 0,
  firstTakenAt: null,
  ...facts,
});
const both = (facts: Partial<WindowFacts>): BudgetFacts => ({ day: window(facts), month: window(facts) });

describe('the limits of a tier', () => {
  it('are its own of both lists', () => {
    const all = { MATCH_DAILY: [1, 2, 3, 4, 5], MATCH_MONTHLY: [10, 20, 30, 40, 50] };
    expect(matchLimits({ tier: 'TIER_250', overrides: {} }, all, NOW)).toEqual({ day: 1, month: 10 });
    expect(matchLimits({ tier: 'TIER_2K', overrides: {} }, all, NOW)).toEqual({ day: 2, month: 20 });
    expect(matchLimits({ tier: 'UNLIMITED', overrides: {} }, all, NOW)).toEqual({ day: 5, month: 50 });
  });
});

describe('a call for numbers', () => {
  it('fits up to the last place and not one further', () => {
    expect(fitsBudget(3, both({ used: 7 }))).toBe(true);
    expect(fitsBudget(4, both({ used: 7 }))).toBe(false);
  });

  it('needs room in both windows', () => {
    expect(fitsBudget(4, { day: window({ used: 7 }), month: window({ used: 0 }) })).toBe(false);
    expect(fitsBudget(4, { day: window({ used: 0 }), month: window({ used: 7 }) })).toBe(false);
  });

  it('pays only for numbers that hold no place', () => {
    expect(fitsBudget(5, both({ used: 9, held: 4 }))).toBe(true);
    expect(fitsBudget(5, both({ used: 9, held: 3 }))).toBe(false);
  });

  it('is free when all of its numbers hold places, even over a limit that was lowered', () => {
    expect(fitsBudget(5, both({ used: 90, held: 5 }))).toBe(true);
    expect(fitsBudget(6, both({ used: 90, held: 5 }))).toBe(false);
  });

  it('never fits when it is larger than the budget', () => {
    expect(placesMissing(11, window({}))).toBeNull();
    expect(placesMissing(10, window({}))).toBe(0);
    expect(placesMissing(10, window({ used: 3, held: 1 }))).toBe(2);
  });
});

/** One number that was asked for: when it took its places, minutes ago, and whether this call asks for it again. */
interface Place {
  ago: number;
  again: boolean;
}

describe('the time at which a refused call would pass', () => {
  it('is when the window that has room last has it', () => {
    const facts = window({ used: 10 });
    const at = (milliseconds: number) => new Date(NOW.getTime() + milliseconds);
    const outlook = { day: { ...facts, roomAt: at(5) }, month: { ...facts, roomAt: at(9) } };
    expect(earliestMatch(1, NOW, outlook)).toEqual(at(9));
    expect(earliestMatch(1, NOW, { ...outlook, month: { ...facts, roomAt: null } })).toBeNull();
  });

  it('is the first millisecond at which it passes, whatever was asked for and when', () => {
    const place = fc.record({ ago: fc.integer({ min: 0, max: 31 * 24 * 60 }), again: fc.boolean() });
    fc.assert(
      fc.property(
        fc.array(place, { maxLength: 12 }),
        fc.nat(6),
        fc.integer({ min: 1, max: 14 }),
        fc.integer({ min: 1, max: 14 }),
        (places, fresh, dayLimit, monthLimit) => {
          const limits = { day: dayLimit, month: monthLimit };
          const asked = places.filter(({ again }) => again).length + fresh;
          fc.pre(asked > 0);
          const facts = factsAt(NOW.getTime(), places, limits);
          const retryAt = earliestMatch(asked, NOW, {
            day: { ...facts.day, roomAt: roomAt('day', asked, facts.day, places) },
            month: { ...facts.month, roomAt: roomAt('month', asked, facts.month, places) },
          });
          expect(retryAt?.getTime() ?? null).toBe(bruteForce(asked, places, limits));
        },
      ),
      { numRuns: 3_000 },
    );
  });
});

function takenAt({ ago }: Place): number {
  return NOW.getTime() - ago * 60_000;
}

/** Both windows at a time, counted from scratch. */
function factsAt(at: number, places: Place[], limits: { day: number; month: number }): BudgetFacts {
  const windowAt = (name: 'day' | 'month'): WindowFacts => {
    const live = places.filter((place) => at < takenAt(place) + MATCH_WINDOW_MS[name]);
    const own = live.filter(({ again }) => again).map(takenAt);
    const firstTakenAt = own.length > 0 ? new Date(Math.min(...own)) : null;
    return { limit: limits[name], used: live.length, held: own.length, firstTakenAt };
  };
  return { day: windowAt('day'), month: windowAt('month') };
}

/** What the store answers: when enough of the others' places have fallen out. */
function roomAt(name: 'day' | 'month', asked: number, facts: WindowFacts, places: Place[]): Date | null {
  const missing = placesMissing(asked, facts);
  if (missing === null) return null;
  if (missing === 0) return NOW;
  const others = places
    .filter((place) => !place.again && NOW.getTime() < takenAt(place) + MATCH_WINDOW_MS[name])
    .map(takenAt)
    .sort((a, b) => a - b);
  return new Date((others[missing - 1] ?? NaN) + MATCH_WINDOW_MS[name]);
}

/** Tries every time at which anything changes. */
function bruteForce(asked: number, places: Place[], limits: { day: number; month: number }): number | null {
  const changes = places.flatMap((place) => [takenAt(place) + DAY, takenAt(place) + MATCH_WINDOW_MS.month]);
  const times = [NOW.getTime(), ...changes.filter((at) => at > NOW.getTime())].sort((a, b) => a - b);
  return times.find((at) => fitsBudget(asked, factsAt(at, places, limits))) ?? null;
}
