import { describe, expect, it } from '@jest/globals';
import { sendingFacts } from '../../../../../test/support/builders/facts.js';
import { businessGate } from './business.js';

describe('gate of the business', () => {
  it.each([
    ['UNVERIFIED', 'BUSINESS_NOT_VERIFIED'],
    ['PENDING', 'BUSINESS_NOT_VERIFIED'],
    ['SUSPENDED', 'BUSINESS_SUSPENDED'],
  ] as const)('refuses a business that is %s', (status, reason) => {
    const objection = businessGate(
      { purpose: 'SERVICE', whenLimited: 'DEFER' },
      sendingFacts({ business: { status, overrides: {} } }),
    );
    expect(objection).toEqual({ outcome: 'REFUSED', reason, retryAt: null });
  });

  it('lets a verified business pass', () => {
    expect(businessGate({ purpose: 'SERVICE', whenLimited: 'DEFER' }, sendingFacts())).toBeUndefined();
  });
});
