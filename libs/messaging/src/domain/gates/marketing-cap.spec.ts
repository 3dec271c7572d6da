import { describe, expect, it } from '@jest/globals';
import type { Preferences } from '../preferences.js';
import { contactFacts, hours, sendingFacts } from '../../../../../test/support/builders/facts.js';
import { businessMarketingCapGate, marketingCapGate } from './marketing-cap.js';

const marketing = { purpose: 'MARKETING', whenLimited: 'DEFER' } as const;
const refusing = { purpose: 'MARKETING', whenLimited: 'REFUSE' } as const;

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

  it('refuses until then where the sender wants no waiting', () => {
    expect(marketingCapGate(refusing, seen())).toEqual({
      outcome: 'REFUSED',
      reason: 'MARKETING_CAP',
      retryAt: hours(4),
    });
  });

  it('of 0 refuses', () => {
    expect(marketingCapGate(marketing, seen({ marketingCap: 0 }, []))).toEqual({
      outcome: 'REFUSED',
      reason: 'MARKETING_CAP',
      retryAt: null,
    });
  });
});

describe('gate of one business’s marketing', () => {
  const DAY = 24;
  const saw = [hours(-1), hours(-2 * DAY), hours(-6 * DAY)];
  const seen = (wants: Partial<Preferences> = {}, unread = 0, seenAt = saw) =>
    sendingFacts({ contact: contactFacts({ wants, marketing: { seenAt, unread } }) });

  it('defers marketing until the third newest is a week old, or refuses, as the sender chose', () => {
    const until = { reason: 'BUSINESS_MARKETING_CAP', until: hours(DAY) };
    expect(businessMarketingCapGate(marketing, seen())).toEqual({ outcome: 'DEFERRED', ...until });
    expect(businessMarketingCapGate(refusing, seen())).toMatchObject({
      outcome: 'REFUSED',
      retryAt: hours(DAY),
    });
    expect(businessMarketingCapGate(marketing, { ...seen(), now: hours(DAY) })).toBeUndefined();
    expect(businessMarketingCapGate({ ...marketing, purpose: 'SERVICE' }, seen())).toBeUndefined();
  });

  it('is stricter where the person wants less of it, or reads none of it', () => {
    expect(businessMarketingCapGate(marketing, seen({ weeklyMarketingCap: 2 }))).toMatchObject({
      until: hours(5 * DAY),
    });
    expect(businessMarketingCapGate(marketing, seen({}, 5))).toMatchObject({ until: hours(7 * DAY - 1) });
    expect(businessMarketingCapGate(marketing, seen({ weeklyMarketingCap: 0 }, 0, []))).toMatchObject({
      outcome: 'REFUSED',
      retryAt: null,
    });
  });

  it('is what an admin has set while that runs', () => {
    const business = (value: number, endsAt: Date) => ({
      business: { status: 'VERIFIED' as const, overrides: { MARKETING_WEEKLY: { value, endsAt } } },
    });
    expect(businessMarketingCapGate(marketing, { ...seen(), ...business(4, hours(1)) })).toBeUndefined();
    const lowered = { ...seen({}, 0, [hours(-1)]), ...business(1, hours(2)) };
    expect(businessMarketingCapGate(marketing, lowered)).toMatchObject({ until: hours(2) });
  });
});
