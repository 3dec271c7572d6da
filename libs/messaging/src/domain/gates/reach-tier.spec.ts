import { describe, expect, it } from '@jest/globals';
import { seconds, sendingFacts } from '../../../../../test/support/builders/facts.js';
import { reachGate } from './reach-tier.js';

const service = { purpose: 'SERVICE', whenLimited: 'DEFER' } as const;

describe('gate of the reach tier', () => {
  const facts = sendingFacts({ reach: { limit: 2, used: 2, oldestTakenAt: seconds(-86_400 + 5) } });

  it('says when the oldest place of a full tier comes free', () => {
    expect(reachGate(service, facts)).toEqual({
      outcome: 'REFUSED',
      reason: 'REACH_TIER',
      retryAt: seconds(5),
    });
    expect(reachGate(service, { ...facts, now: seconds(5) })).toBeUndefined();
  });

  it('lets pass whom the business has begun to message', () => {
    expect(reachGate(service, { ...facts, reachTakenAt: seconds(-10) })).toBeUndefined();
  });
});
