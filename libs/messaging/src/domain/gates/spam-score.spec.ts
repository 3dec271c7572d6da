import { describe, expect, it } from '@jest/globals';
import { hours, NOW, sendingFacts } from '../../../../../test/support/builders/facts.js';
import { spamScoreGate } from './spam-score.js';

const draft = (purpose: 'AUTHENTICATION' | 'SERVICE' | 'MARKETING') => ({
  purpose,
  whenLimited: 'DEFER' as const,
});
const facts = (score: number, now = NOW, lastInboundAt: Date | null = null) =>
  sendingFacts({
    now,
    lastInboundAt,
    business: { status: 'VERIFIED', overrides: {}, spam: { score, at: NOW, most: 20, halfLifeDays: 7 } },
  });

describe('a spam score above what is allowed', () => {
  const clears = hours(7 * 24);

  it('refuses what a business begins until it has faded, and not in that millisecond', () => {
    const refusal = { outcome: 'REFUSED', reason: 'SPAM_SCORE', retryAt: clears };
    expect(spamScoreGate(draft('MARKETING'), facts(40))).toEqual(refusal);
    expect(spamScoreGate(draft('SERVICE'), facts(40, new Date(clears.getTime() - 1)))).toEqual(refusal);
    expect(spamScoreGate(draft('SERVICE'), facts(40, clears))).toBeUndefined();
  });

  it('lets codes pass, and answers in the 24 hours after the person wrote', () => {
    expect(spamScoreGate(draft('AUTHENTICATION'), facts(100))).toBeUndefined();
    expect(spamScoreGate(draft('SERVICE'), facts(100, NOW, hours(-23.9)))).toBeUndefined();
    expect(spamScoreGate(draft('SERVICE'), facts(100, NOW, hours(-24)))).toBeDefined();
    expect(spamScoreGate(draft('MARKETING'), facts(100, NOW, hours(-1)))).toBeDefined();
  });

  it('says nothing of a score that is not above it, nor where there is none', () => {
    expect(spamScoreGate(draft('MARKETING'), facts(20))).toBeUndefined();
    expect(spamScoreGate(draft('MARKETING'), sendingFacts())).toBeUndefined();
  });
});
