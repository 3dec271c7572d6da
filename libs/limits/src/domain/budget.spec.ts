import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { capBudget, gcraBudget, reachBudget } from './budget.js';
import { dailyCap } from './frequency.js';
import { nextUnit } from './gcra.js';

const date = (time: number) => new Date(time);

describe('budget of a limit with a burst', () => {
  it('is as much as passes at once, and one more when it says so', () => {
    fc.assert(
      fc.property(
        fc.record({ interval: fc.integer({ min: 1, max: 50 }), burst: fc.integer({ min: 1, max: 20 }) }),
        fc.integer({ min: -200, max: 1_500 }),
        (limit, ahead) => {
          const now = 1_000_000;
          const passing = (at: number) => {
            let tat: number = now + ahead;
            for (let count = 0; ; count++) {
              const next = nextUnit(limit, tat, at);
              if (next.at > at) return count;
              ({ tat } = next);
            }
          };
          const { remaining, nextFreeAt } = gcraBudget(limit, now + ahead, now, date);
          expect(remaining).toBe(passing(now));
          if (!nextFreeAt) return;
          expect(passing(nextFreeAt.getTime())).toBe((remaining ?? 0) + 1);
          expect(passing(nextFreeAt.getTime() - 1)).toBe(remaining);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

describe('budget of reach', () => {
  it('comes free with the oldest place, and has no end without a limit', () => {
    const taken = new Date('2026-11-23T12:00:00.000Z');
    const nextFreeAt = new Date('2026-11-24T12:00:00.000Z');
    expect(reachBudget({ limit: 5, used: 2, oldestTakenAt: taken })).toEqual({
      limit: 5,
      used: 2,
      remaining: 3,
      nextFreeAt,
    });
    expect(reachBudget({ limit: null, used: 2, oldestTakenAt: taken })).toMatchObject({ remaining: null });
    expect(reachBudget({ limit: 1, used: 2, oldestTakenAt: taken })).toMatchObject({ remaining: 0 });
  });
});

describe('budget of a cap', () => {
  it('counts what is within the window', () => {
    const now = new Date('2026-11-23T12:00:00.000Z');
    const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000);
    expect(capBudget(dailyCap(3), [hoursAgo(1), hoursAgo(5), hoursAgo(24)], now)).toEqual({
      limit: 3,
      used: 2,
      remaining: 1,
      nextFreeAt: hoursAgo(-19),
    });
    expect(capBudget(dailyCap(1), [hoursAgo(1), hoursAgo(5)], now)).toMatchObject({
      remaining: 0,
      nextFreeAt: hoursAgo(-23),
    });
    expect(capBudget(dailyCap(3), [], now)).toEqual({ limit: 3, used: 0, remaining: 3, nextFreeAt: null });
  });
});
