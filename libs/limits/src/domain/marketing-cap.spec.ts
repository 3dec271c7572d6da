import { describe, expect, it } from '@jest/globals';
import { judgeMarketingCap } from './marketing-cap.js';

const now = new Date('2026-11-23T12:00:00.000Z');
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000);

describe('marketing cap', () => {
  it('lets as many pass as it says, and one more when the oldest leaves the window', () => {
    const seen = [hoursAgo(1), hoursAgo(5), hoursAgo(20)];
    expect(judgeMarketingCap(4, seen, now)).toEqual({ passes: true });
    expect(judgeMarketingCap(3, seen, now)).toEqual({ passes: false, retryAt: hoursAgo(-4) });
    expect(judgeMarketingCap(3, seen, new Date(hoursAgo(-4).getTime() - 1))).toMatchObject({ passes: false });
    expect(judgeMarketingCap(3, seen, hoursAgo(-4))).toEqual({ passes: true });
  });

  it('waits for as many to leave as a lower cap asks for', () => {
    const seen = [hoursAgo(1), hoursAgo(5), hoursAgo(20), hoursAgo(23)];
    expect(judgeMarketingCap(1, seen, now)).toEqual({ passes: false, retryAt: hoursAgo(-23) });
  });

  it('of nothing lets nothing pass, ever', () => {
    expect(judgeMarketingCap(0, [], now)).toEqual({ passes: false, retryAt: null });
  });
});
