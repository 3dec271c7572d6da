import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { deadlineOf, scopeOfAnswer, suggestedAnswer } from './stop-review.js';

const DAY_MS = 86_400_000;

/** The end of the n-th business day after a time: days pass, and those from Monday to Friday count. */
function endOfBusinessDay(from: Date, count: number): Date {
  const day = new Date(Math.floor(from.getTime() / DAY_MS) * DAY_MS);
  for (let left = count; left > 0;) {
    day.setTime(day.getTime() + DAY_MS);
    if (day.getUTCDay() !== 0 && day.getUTCDay() !== 6) left--;
  }
  return new Date(day.getTime() + DAY_MS);
}

describe('the deadline of a review', () => {
  it('is 12 days after for 10 business days', () => {
    const sunday = new Date('2026-11-22T23:59:59.999Z');
    expect(deadlineOf(sunday, 10)).toEqual(new Date('2026-12-04T23:59:59.999Z'));
  });

  it('is never later than the end of that business day, and as late as that allows', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true }),
        fc.integer({ min: 1, max: 30 }),
        (from, days) => {
          expect(deadlineOf(from, days).getTime()).toBeLessThanOrEqual(
            endOfBusinessDay(from, days).getTime(),
          );
        },
      ),
    );
    for (let days = 1; days <= 30; days++) {
      const sunday = new Date('2026-11-22T23:59:59.999Z');
      expect(endOfBusinessDay(sunday, days).getTime() - deadlineOf(sunday, days).getTime()).toBe(1);
    }
  });
});

it('an answer stops what it names, and words about everything suggest the business that was written to', () => {
  expect(scopeOfAnswer('MARKETING', 'b1')).toEqual({ businessId: 'b1', purpose: 'MARKETING' });
  expect(scopeOfAnswer('BUSINESS', 'b1')).toEqual({ businessId: 'b1', purpose: null });
  expect(scopeOfAnswer('EVERYTHING', 'b1')).toEqual({ businessId: null, purpose: null });
  expect(scopeOfAnswer('NOT_A_STOP', 'b1')).toBeNull();
  const found = { kind: 'FREE_TEXT', language: 'en', rule: 'stop-sending' } as const;
  expect(suggestedAnswer({ ...found, scope: 'EVERYTHING' })).toBe('BUSINESS');
  expect(suggestedAnswer({ ...found, scope: 'MARKETING' })).toBe('MARKETING');
});
