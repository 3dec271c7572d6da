import { describe, expect, it } from '@jest/globals';
import { seconds, sendingFacts } from '../../../../../test/support/builders/facts.js';
import { judgeReachAt, reachGate } from './reach-tier.js';

const service = { purpose: 'SERVICE', whenLimited: 'DEFER' } as const;

describe('gate of the reach tier', () => {
  const facts = sendingFacts({
    lastInboundAt: null,
    reach: { limit: 2, used: 2, oldestTakenAt: seconds(-86_400 + 5) },
  });

  it('says when the oldest place of a full tier comes free', () => {
    expect(reachGate(service, facts)).toEqual({
      outcome: 'REFUSED',
      reason: 'REACH_TIER',
      retryAt: seconds(5),
    });
    expect(reachGate(service, { ...facts, now: seconds(5) })).toBeUndefined();
  });

  it('lets pass an answer within 24 hours, and counts nobody for it', () => {
    const wrote = { ...facts, lastInboundAt: seconds(-86_400 + 1) };
    expect(reachGate(service, wrote)).toBeUndefined();
    expect(judgeReachAt(wrote, wrote.now)).toEqual({ passes: true, takesPlace: false });
    expect(reachGate(service, { ...wrote, now: seconds(1) })).toMatchObject({ retryAt: seconds(5) });
  });

  it('lets pass whom the business has begun to message', () => {
    expect(reachGate(service, { ...facts, reachTakenAt: seconds(-10) })).toBeUndefined();
  });

  it('goes by what is held beyond the tier once an override has ended', () => {
    const override = (value: number) => ({
      ...facts,
      business: {
        status: 'VERIFIED' as const,
        overrides: { REACH_PLACES: { value, endsAt: seconds(60) } },
      },
    });
    const held = { limit: 2, used: 4, oldestTakenAt: seconds(-86_400 + 100) };
    const afterOverride = [seconds(-86_400 + 300), seconds(-86_400 + 400)];
    const raised = { ...override(4), reach: { ...held, afterOverride } };
    expect(reachGate(service, raised)).toMatchObject({ retryAt: seconds(300) });
    const closed = { ...override(0), reach: { ...held, used: 1, afterOverride } };
    expect(reachGate(service, closed)).toMatchObject({ retryAt: seconds(60) });
  });
});
