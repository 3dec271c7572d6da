import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { REFILL_MS, take } from './budget.js';

const NOW = 1_795_392_000_000;
const full = { most: 600, fullAt: 0, unsettled: 0 };

describe('a budget', () => {
  it('is full at first, and gives all of it at once', () => {
    expect(take(full, 600, NOW)).toEqual({ fits: true, remaining: 0, resetAt: NOW + REFILL_MS });
  });

  it('gives nothing more then, and says when it will', () => {
    const empty = { ...full, fullAt: NOW + REFILL_MS };
    expect(take(empty, 6, NOW)).toMatchObject({ fits: false, remaining: 0, retryAt: NOW + 600 });
    expect(take(empty, 6, NOW + 599).fits).toBe(false);
    expect(take(empty, 6, NOW + 600)).toMatchObject({ fits: true, remaining: 0 });
  });

  it('gives its last unit, however the times of those before it were rounded', () => {
    let fullAt = 0;
    for (const units of [6, 6, 5, 1]) {
      const taking = take({ most: 18, fullAt, unsettled: 0 }, units, NOW);
      expect(taking.fits).toBe(true);
      fullAt = taking.resetAt;
    }
  });

  it('counts what was not settled yet', () => {
    expect(take({ ...full, unsettled: 595 }, 6, NOW)).toMatchObject({ fits: false, remaining: 5 });
  });

  it('gives all that it holds for what is dearer', () => {
    expect(take(full, 10_000, NOW).fits).toBe(true);
    expect(take({ ...full, unsettled: 1 }, 10_000, NOW).fits).toBe(false);
  });

  it('is not owed anything by a clock that was set back', () => {
    expect(take({ ...full, fullAt: NOW + 86_400_000 }, 600, NOW).fits).toBe(true);
  });

  it('never gives more in any span than it holds and gets in that time, and less only for want of a unit', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 10, max: 5_000 }),
        fc.array(fc.tuple(fc.nat(3_000), fc.integer({ min: 1, max: 9 })), { maxLength: 300 }),
        (most, requests) => {
          let now = NOW;
          let fullAt = 0;
          const taken: { at: number; units: number }[] = [];
          for (const [pause, units] of requests) {
            now += pause;
            const taking = take({ most, fullAt, unsettled: 0 }, units, now);
            if (taking.fits) {
              fullAt = taking.resetAt;
              taken.push({ at: now, units });
            } else {
              expect(take({ most, fullAt, unsettled: 0 }, units, taking.retryAt).fits).toBe(true);
            }
          }
          for (const [from, first] of taken.entries()) {
            let sum = 0;
            for (const { at, units } of taken.slice(from)) {
              sum += units;
              expect(sum).toBeLessThanOrEqual(most + ((at - first.at) * most) / REFILL_MS + 0.001);
            }
          }
        },
      ),
    );
  });
});
