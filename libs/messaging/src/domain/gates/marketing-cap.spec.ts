import { describe, expect, it } from '@jest/globals';
import type { Preferences } from '../preferences.js';
import { contactFacts, hours, sendingFacts } from '../../../../../test/support/builders/facts.js';
import { marketingCapGate } from './marketing-cap.js';

const marketing = { purpose: 'MARKETING', whenLimited: 'DEFER' } as const;

describe('gate of the marketing cap', () => {
  const four = [hours(-1), hours(-2), hours(-3), hours(-20)];
  const seen = (wants: Partial<Preferences> = {}, saw = four) =>
    sendingFacts({ contact: contactFacts({ wants, saw }) });

  it('defers marketing, and nothing else, until the oldest leaves the window', () => {
    expect(marketingCapGate(marketing, seen())).toEqual({
      outcome: 'DEFERRED',
      reason: 'MARKETING_CAP',
      until: hours(4),
    });
    expect(marketingCapGate(marketing, { ...seen(), now: hours(4) })).toBeUndefined();
    expect(marketingCapGate({ purpose: 'SERVICE', whenLimited: 'DEFER' }, seen())).toBeUndefined();
    expect(marketingCapGate({ purpose: 'AUTHENTICATION', whenLimited: 'DEFER' }, seen())).toBeUndefined();
  });

  it('of a person can only be lower than that of the operator', () => {
    expect(marketingCapGate(marketing, seen({ marketingCap: 3 }))).toMatchObject({ until: hours(21) });
    expect(marketingCapGate(marketing, seen({ marketingCap: 9 }))).toMatchObject({ until: hours(4) });
  });

  it('of 0 refuses', () => {
    expect(marketingCapGate(marketing, seen({ marketingCap: 0 }, []))).toEqual({
      outcome: 'REFUSED',
      reason: 'MARKETING_CAP',
      retryAt: null,
    });
  });
});
