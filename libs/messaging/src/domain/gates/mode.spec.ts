import { describe, expect, it } from '@jest/globals';
import { sendingFacts } from '../../../../../test/support/builders/facts.js';
import { modeGate } from './mode.js';

const service = { purpose: 'SERVICE', whenLimited: 'DEFER' } as const;

describe('gate of the mode', () => {
  it.each([
    ['TEST_CONTACT', 'live', false],
    ['LIVE_CONTACT', 'test', true],
  ] as const)('refuses with %s what is of the other mode than the %s one', (reason, _, isSandbox) => {
    const business = { status: 'VERIFIED', overrides: {}, isSandbox } as const;
    const facts = sendingFacts({ business, contact: undefined, ofOtherMode: true });
    expect(modeGate(service, facts)).toEqual({ outcome: 'REFUSED', reason, retryAt: null });
  });

  it.each([true, false])('lets pass what is of its own mode, in a sandbox: %s', (isSandbox) => {
    const business = { status: 'VERIFIED', overrides: {}, isSandbox } as const;
    expect(modeGate(service, sendingFacts({ business }))).toBeUndefined();
  });
});
