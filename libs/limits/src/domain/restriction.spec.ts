import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  FORGIVEN_AFTER_MS,
  isInForce,
  nextRung,
  RestrictionRung,
  type RestrictionRung as Rung,
  untilOf,
} from './restriction.js';

const DAY = 24 * 60 * 60 * 1000;
const RUNGS = Object.values(RestrictionRung);
const START = Date.UTC(2026, 0, 1);

describe('a restriction', () => {
  it('lasts 1, 3, 7 and 30 days, and closure until somebody ends it', () => {
    const days = RUNGS.map((rung) => untilOf(rung, new Date(START))?.getTime());
    expect(days).toEqual([1, 3, 7, 30].map((each) => START + each * DAY).concat([undefined as never]));
  });

  it('is in force up to its last millisecond', () => {
    const restriction = { until: new Date(START), endedAt: null };
    expect(isInForce(restriction, new Date(START - 1))).toBe(true);
    expect(isInForce(restriction, new Date(START))).toBe(false);
    expect(isInForce({ until: null, endedAt: null }, new Date(START))).toBe(true);
    expect(isInForce({ until: null, endedAt: new Date(START) }, new Date(START))).toBe(false);
  });
});

describe('the ladder', () => {
  it('goes up by one rung a time, without a pause of 90 days', () => {
    const climbed: Rung[] = [];
    let last: Parameters<typeof nextRung>[0] = null;
    for (let at = START; climbed.length < 5; at += 31 * DAY) {
      const rung = nextRung(last, new Date(at));
      climbed.push(rung);
      last = { rung, until: untilOf(rung, new Date(at)), endedAt: null };
    }
    expect(climbed).toEqual(RUNGS);
  });

  it('forgives a rung at the end of 90 days, and not a millisecond before', () => {
    const last = { rung: 'DAYS_7' as const, until: new Date(START), endedAt: null };
    expect(nextRung(last, new Date(START + FORGIVEN_AFTER_MS - 1))).toBe('DAYS_30');
    expect(nextRung(last, new Date(START + FORGIVEN_AFTER_MS))).toBe('DAYS_7');
    expect(nextRung(last, new Date(START + 2 * FORGIVEN_AFTER_MS))).toBe('DAYS_3');
    expect(nextRung(last, new Date(START + 9 * FORGIVEN_AFTER_MS))).toBe('DAY_1');
  });

  it('counts from when somebody ended the last one early', () => {
    const lifted = { rung: 'CLOSURE' as const, until: null, endedAt: new Date(START) };
    expect(nextRung(lifted, new Date(START + DAY))).toBe('CLOSURE');
    expect(nextRung(lifted, new Date(START + FORGIVEN_AFTER_MS))).toBe('CLOSURE');
    expect(nextRung(lifted, new Date(START + 2 * FORGIVEN_AFTER_MS))).toBe('DAYS_30');
  });

  it('is a simple walk: up one, down one for every 90 clean days, whatever happens when', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 400 * DAY }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(gaps, (pauses) => {
        let now = START;
        let level = 0; // the reference: rungs stood on, counted day by day
        let last: Parameters<typeof nextRung>[0] = null;
        for (const pause of pauses) {
          now += pause;
          for (let clean = pause; clean >= FORGIVEN_AFTER_MS && last; clean -= FORGIVEN_AFTER_MS) level -= 1;
          level = Math.min(Math.max(level, 0) + 1, 5);
          const rung = nextRung(last, new Date(now));
          expect(RUNGS.indexOf(rung) + 1).toBe(level);
          const until = untilOf(rung, new Date(now));
          // A closure is lifted at once here, or nothing would follow it.
          last = { rung, until, endedAt: until ? null : new Date(now) };
          now = (until ?? new Date(now)).getTime();
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
