import { describe, expect, it } from '@jest/globals';
import { judgeRaise, type RaiseFacts } from './tier-raise.js';

const SIZES = [250, 2_000, 10_000, 100_000];
const now = new Date('2026-11-23T12:00:00.000Z');
const ago = (hours: number, more = 0) => new Date(now.getTime() - hours * 3_600_000 + more);
const judge = (changes: Partial<RaiseFacts>) =>
  judgeRaise(
    {
      now,
      verified: true,
      tier: 'TIER_2K',
      people: 1_000,
      quality: 'GREEN',
      restricted: false,
      lastChangedAt: ago(24),
      ...changes,
    },
    SIZES,
  );

describe('a reach tier', () => {
  it('is raised by one when half of its places were used, and not one person before', () => {
    expect(judge({})).toEqual({
      to: 'TIER_10K',
      grounds: { people: 1_000, places: 2_000, quality: 'GREEN' },
    });
    expect(judge({ people: 999 })).toBeUndefined();
    expect(judge({ tier: 'TIER_100K', people: 1_000_000 })?.to).toBe('UNLIMITED');
    expect(judge({ tier: 'UNLIMITED', people: 1_000_000 })).toBeUndefined();
  });

  it('is raised at every quality but RED', () => {
    expect(judge({ quality: 'RED' })).toBeUndefined();
    for (const quality of ['GREEN', 'YELLOW', 'UNKNOWN'] as const) expect(judge({ quality })).toBeDefined();
  });

  it('is raised once in 24 hours', () => {
    expect(judge({ lastChangedAt: ago(24, 1) })).toBeUndefined();
    expect(judge({ lastChangedAt: null })).toBeDefined();
  });

  it('stays while the business is not verified, or restricted', () => {
    expect(judge({ verified: false, tier: 'TIER_250' })).toBeUndefined();
    expect(judge({ restricted: true })).toBeUndefined();
  });
});
