import { describe, expect, it } from '@jest/globals';
import { hours, NOW, sendingFacts } from '../../../../../test/support/builders/facts.js';
import { queuedRestrictionGate, restrictionGate } from './restriction.js';

const draft = (purpose: 'AUTHENTICATION' | 'SERVICE' | 'MARKETING') => ({
  purpose,
  whenLimited: 'DEFER' as const,
});
const facts = (until: Date | null, now = NOW, lastInboundAt: Date | null = null) =>
  sendingFacts({
    now,
    lastInboundAt,
    business: { status: 'VERIFIED', overrides: {}, restriction: { until } },
  });

describe('a restriction', () => {
  const until = hours(24);

  it('refuses what a business begins until it ends, and not at its end', () => {
    const refusal = { outcome: 'REFUSED', reason: 'BUSINESS_RESTRICTED', retryAt: until };
    expect(restrictionGate(draft('MARKETING'), facts(until))).toEqual(refusal);
    expect(restrictionGate(draft('SERVICE'), facts(until, new Date(until.getTime() - 1)))).toEqual(refusal);
    expect(restrictionGate(draft('SERVICE'), facts(until, until))).toBeUndefined();
  });

  it('lets codes pass, and answers in the 24 hours after the person wrote', () => {
    expect(restrictionGate(draft('AUTHENTICATION'), facts(until))).toBeUndefined();
    expect(restrictionGate(draft('SERVICE'), facts(until, NOW, hours(-23.9)))).toBeUndefined();
    expect(restrictionGate(draft('SERVICE'), facts(until, NOW, hours(-24)))).toBeDefined();
    expect(restrictionGate(draft('MARKETING'), facts(until, NOW, hours(-1)))).toBeDefined();
  });

  it('lets nothing pass where it is a closure', () => {
    for (const purpose of ['AUTHENTICATION', 'SERVICE', 'MARKETING'] as const) {
      expect(restrictionGate(draft(purpose), facts(null, NOW, hours(-1)))).toMatchObject({ retryAt: null });
    }
  });

  it('lets wait what was accepted before, and ends it where it is a closure', () => {
    expect(queuedRestrictionGate(draft('SERVICE'), facts(until))).toMatchObject({
      outcome: 'DEFERRED',
      until,
    });
    expect(queuedRestrictionGate(draft('SERVICE'), facts(null))).toMatchObject({ outcome: 'REFUSED' });
    expect(queuedRestrictionGate(draft('SERVICE'), sendingFacts())).toBeUndefined();
  });
});
