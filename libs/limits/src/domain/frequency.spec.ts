import { describe, expect, it } from '@jest/globals';
import { dailyCap, judgeCap, weeklyMost } from './frequency.js';

const now = new Date('2026-11-23T12:00:00.000Z');
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000);

describe('frequency cap', () => {
  it('lets as many pass as it says, and one more when the oldest leaves the window', () => {
    const seen = [hoursAgo(1), hoursAgo(5), hoursAgo(20)];
    expect(judgeCap(dailyCap(4), seen, now)).toEqual({ passes: true });
    expect(judgeCap(dailyCap(3), seen, now)).toEqual({ passes: false, retryAt: hoursAgo(-4) });
    expect(judgeCap(dailyCap(3), seen, new Date(hoursAgo(-4).getTime() - 1))).toMatchObject({
      passes: false,
    });
    expect(judgeCap(dailyCap(3), seen, hoursAgo(-4))).toEqual({ passes: true });
  });

  it('waits for as many to leave as a lower cap asks for', () => {
    const seen = [hoursAgo(1), hoursAgo(5), hoursAgo(20), hoursAgo(23)];
    expect(judgeCap(dailyCap(1), seen, now)).toEqual({ passes: false, retryAt: hoursAgo(-23) });
  });

  it('of nothing lets nothing pass, ever', () => {
    expect(judgeCap(dailyCap(0), [], now)).toEqual({ passes: false, retryAt: null });
  });
});

describe('how much marketing of one business a person may see in 7 days', () => {
  const limits = { daily: 4, weekly: 3, mostUnread: 5 };

  it('is what the operator says, or less where the person says so', () => {
    expect(weeklyMost(limits, null, 0)).toBe(3);
    expect(weeklyMost(limits, 2, 0)).toBe(2);
    expect(weeklyMost(limits, 0, 0)).toBe(0);
    expect(weeklyMost(limits, 9, 0)).toBe(3);
  });

  it('is 1 after five in a row that were neither read nor answered', () => {
    expect(weeklyMost(limits, null, 4)).toBe(3);
    expect(weeklyMost(limits, null, 5)).toBe(1);
    expect(weeklyMost(limits, 0, 5)).toBe(0);
  });
});
