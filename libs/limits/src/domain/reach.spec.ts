import { describe, expect, it } from '@jest/globals';
import { judgeReach, placesOf, REACH_WINDOW_MS } from './reach.js';

const now = new Date('2026-11-23T12:00:00.000Z');
const before = (milliseconds: number) => new Date(now.getTime() - milliseconds);

describe('reach tier', () => {
  it('takes a place for the first message to a person', () => {
    const facts = { limit: 250, used: 249, oldestTakenAt: before(1_000) };
    expect(judgeReach(facts, null, now)).toEqual({ passes: true, takesPlace: true });
  });

  it('takes none while the person still holds one, even when the tier is full', () => {
    const facts = { limit: 250, used: 250, oldestTakenAt: before(1_000) };
    expect(judgeReach(facts, before(REACH_WINDOW_MS - 1), now)).toEqual({ passes: true, takesPlace: false });
  });

  it('refuses a full tier until the oldest place comes free', () => {
    const facts = { limit: 250, used: 250, oldestTakenAt: before(REACH_WINDOW_MS - 5_000) };
    expect(judgeReach(facts, null, now)).toEqual({ passes: false, retryAt: new Date(now.getTime() + 5_000) });
    expect(judgeReach(facts, before(REACH_WINDOW_MS), now).passes).toBe(false);
  });

  it('knows the places of each tier', () => {
    const sizes = [250, 2_000, 10_000, 100_000];
    expect(placesOf('TIER_250', sizes)).toBe(250);
    expect(placesOf('TIER_100K', sizes)).toBe(100_000);
    expect(placesOf('UNLIMITED', sizes)).toBeNull();
  });
});
