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
});
