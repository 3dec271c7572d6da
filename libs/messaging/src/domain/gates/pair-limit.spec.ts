import { expect, it } from '@jest/globals';
import { seconds, sendingFacts } from '../../../../../test/support/builders/facts.js';
import { pairGate } from './pair-limit.js';

it('the gate of the pair limit says when the same message passes', () => {
  const facts = sendingFacts({ pairTat: seconds(45 * 6), pairLimit: { intervalMs: 6_000, burst: 45 } });
  expect(pairGate({ purpose: 'SERVICE', whenLimited: 'DEFER' }, facts)).toEqual({
    outcome: 'REFUSED',
    reason: 'PAIR_LIMIT',
    retryAt: seconds(6),
  });
  expect(
    pairGate({ purpose: 'SERVICE', whenLimited: 'DEFER' }, { ...facts, now: seconds(6) }),
  ).toBeUndefined();
});
