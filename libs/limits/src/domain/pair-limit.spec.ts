import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { judgePair } from './pair-limit.js';

const LIMIT = { intervalMs: 6_000, burst: 45 };
const at = (milliseconds: number) => new Date(1_800_000_000_000 + milliseconds);

describe('pair limit', () => {
  it('lends a burst of 45 at once and refuses the 46th until 6 s have passed', () => {
    let tat: Date | null = null;
    for (let sent = 0; sent < 45; sent++) {
      const verdict = judgePair(LIMIT, tat, at(0));
      if (!verdict.passes) throw new Error(`refused after ${sent}`);
      tat = verdict.tat;
    }
    expect(judgePair(LIMIT, tat, at(0))).toEqual({ passes: false, retryAt: at(6_000) });
    expect(judgePair(LIMIT, tat, at(5_999)).passes).toBe(false);
    expect(judgePair(LIMIT, tat, at(6_000)).passes).toBe(true);
  });

  it('gives the whole burst back after it was paid for', () => {
    const verdict = judgePair(LIMIT, at(0), at(1_000_000));
    expect(verdict).toEqual({ passes: true, tat: at(1_006_000) });
  });

  it('passes at the retryAt that it names, and not one millisecond before', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60_000 }),
        fc.integer({ min: 1, max: 50 }),
        fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 200 }),
        (intervalMs, burst, pauses) => {
          let now = 0;
          let tat: Date | null = null;
          for (const pause of pauses) {
            now += pause;
            const verdict = judgePair({ intervalMs, burst }, tat, at(now));
            if (verdict.passes) tat = verdict.tat;
            else {
              expect(judgePair({ intervalMs, burst }, tat, verdict.retryAt).passes).toBe(true);
              expect(
                judgePair({ intervalMs, burst }, tat, new Date(verdict.retryAt.getTime() - 1)).passes,
              ).toBe(false);
            }
          }
        },
      ),
    );
  });

  it('never lets more through than a bucket of the burst that refills by one an interval', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 15_000 }), { maxLength: 300 }), (pauses) => {
        let now = 0;
        let tat: Date | null = null;
        let tokens = LIMIT.burst; // the reference: a bucket in exact fractions of an interval
        for (const pause of pauses) {
          now += pause;
          tokens = Math.min(LIMIT.burst, tokens + pause / LIMIT.intervalMs);
          const verdict = judgePair(LIMIT, tat, at(now));
          expect(verdict.passes).toBe(tokens >= 1 - 1e-9);
          if (verdict.passes) {
            tat = verdict.tat;
            tokens -= 1;
          }
        }
      }),
    );
  });
});
