import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { takeOne } from './rolling-limit.js';

const LIMIT = { most: 5, windowMs: 600_000 };
const at = (ms: number) => new Date(1_800_000_000_000 + ms);

describe('a rolling limit', () => {
  it('lets pass what is still free and keeps only the times that count', () => {
    expect(takeOne(LIMIT, [at(-600_000), at(-599_999)], at(0))).toEqual({ times: [at(-599_999), at(0)] });
  });

  it('passes at its retryAt and not one millisecond before', () => {
    const times = [at(0), at(10), at(20), at(30), at(40)];
    expect(takeOne(LIMIT, times, at(50))).toEqual({ retryAt: at(600_000) });
    expect(takeOne(LIMIT, times, at(599_999))).toEqual({ retryAt: at(600_000) });
    expect(takeOne(LIMIT, times, at(600_000))).toHaveProperty('times');
  });

  it('is never exceeded in any window, however it is asked, and refuses nothing that fits', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(200_000), { maxLength: 60 }), (gaps) => {
        const taken: number[] = [];
        let kept: Date[] = [];
        let now = 0;
        for (const gap of gaps) {
          now += gap;
          const inWindow = taken.filter((time) => time > now - LIMIT.windowMs).length;
          const outcome = takeOne(LIMIT, kept, at(now));
          expect('times' in outcome).toBe(inWindow < LIMIT.most);
          if ('times' in outcome) {
            kept = outcome.times;
            taken.push(now);
          }
        }
      }),
    );
  });
});
