import { describe, expect, it } from '@jest/globals';
import type { ConsentFact, ConsentFacts } from '@assent/consent';
import type { SendingFacts } from './facts.js';
import { decide, DISPATCH_GATES, SENDING_GATES } from './gates.js';

const now = new Date('2026-11-23T12:00:00.000Z');
const seconds = (count: number) => new Date(now.getTime() + count * 1_000);
const service = { purpose: 'SERVICE' } as const;
const marketing = { purpose: 'MARKETING' } as const;

const optIn = { basis: 'OPT_IN', validDays: null, evidence: [], quietHours: null } as const;
const optOut = { basis: 'OPT_OUT', validDays: null, evidence: [], quietHours: null } as const;
const rules = {
  AUTHENTICATION: optOut,
  SERVICE: optOut,
  MARKETING: optIn,
  MATCHING: optOut,
  ADS: optIn,
  ANALYTICS: optIn,
};
const consent = (...said: ConsentFact[]): ConsentFacts => ({ said, policy: { version: 1, rules }, now });

function facts(changes: Partial<SendingFacts> = {}): SendingFacts {
  return {
    now,
    business: { status: 'VERIFIED' },
    contact: { consent: consent() },
    pairLimit: { intervalMs: 6_000, burst: 45 },
    pairTat: null,
    reach: { limit: 250, used: 0, oldestTakenAt: null },
    reachTakenAt: null,
    ...changes,
  };
}

const sending = (draft: { purpose: 'SERVICE' | 'MARKETING' }, changes?: Partial<SendingFacts>) =>
  decide(SENDING_GATES, draft, facts(changes));

describe('sending gates', () => {
  it('let a service message of a verified business through', () => {
    expect(sending(service)).toEqual({ outcome: 'ALLOWED' });
  });

  it.each([
    ['UNVERIFIED', 'BUSINESS_NOT_VERIFIED'],
    ['PENDING', 'BUSINESS_NOT_VERIFIED'],
    ['SUSPENDED', 'BUSINESS_SUSPENDED'],
  ] as const)('refuse a business that is %s', (status, reason) => {
    expect(sending(service, { business: { status } })).toMatchObject({ reason, retryAt: null });
  });

  it('refuse who is not a contact', () => {
    expect(sending(service, { contact: undefined })).toMatchObject({ reason: 'CONTACT_UNKNOWN' });
    expect(sending(service, { contact: undefined, gone: true })).toMatchObject({ reason: 'CONTACT_GONE' });
  });

  it('refuse marketing without an opt-in, and service not', () => {
    expect(sending(marketing)).toMatchObject({ reason: 'CONSENT_MISSING' });
    expect(sending(service)).toEqual({ outcome: 'ALLOWED' });
  });

  it('refuse marketing on an opt-in that the policy no longer counts', () => {
    const optedIn = {
      businessId: null,
      subject: 'MARKETING',
      standing: 'ALLOWED',
      since: seconds(-86_400),
    } as const;
    const changes = (validDays: number) => ({
      contact: {
        consent: {
          ...consent(optedIn),
          policy: { version: 2, rules: { ...rules, MARKETING: { ...optIn, validDays } } },
        },
      },
    });
    expect(sending(marketing, changes(1))).toMatchObject({ reason: 'CONSENT_MISSING', retryAt: null });
    expect(sending(marketing, changes(2))).toEqual({ outcome: 'ALLOWED' });
  });

  it('name a block as a block and a stop as a stop', () => {
    const since = seconds(-60);
    const stopped = (subject: 'BLOCK' | 'EVERYTHING') => ({
      contact: { consent: consent({ businessId: 'b', subject, standing: 'STOPPED', since }) },
    });
    expect(sending(service, stopped('BLOCK'))).toMatchObject({ reason: 'CONTACT_BLOCKED' });
    expect(sending(service, stopped('EVERYTHING'))).toMatchObject({ reason: 'CONSENT_STOPPED' });
  });

  it('say when the pair limit lets the same message pass', () => {
    const changes = { pairTat: seconds(45 * 6), pairLimit: { intervalMs: 6_000, burst: 45 } };
    expect(sending(service, changes)).toEqual({
      outcome: 'REFUSED',
      reason: 'PAIR_LIMIT',
      retryAt: seconds(6),
    });
    expect(sending(service, { ...changes, now: seconds(6) })).toEqual({ outcome: 'ALLOWED' });
  });

  it('say when the oldest place of a full reach tier comes free', () => {
    const reach = { limit: 2, used: 2, oldestTakenAt: seconds(-86_400 + 5) };
    expect(sending(service, { reach })).toEqual({
      outcome: 'REFUSED',
      reason: 'REACH_TIER',
      retryAt: seconds(5),
    });
    expect(sending(service, { reach, reachTakenAt: seconds(-10) })).toEqual({ outcome: 'ALLOWED' });
  });

  it('are asked in order: the first that objects explains why', () => {
    const everythingWrong = {
      business: { status: 'SUSPENDED' as const },
      contact: undefined,
      reach: { limit: 0, used: 0, oldestTakenAt: null },
    };
    expect(sending(marketing, everythingWrong)).toMatchObject({ reason: 'BUSINESS_SUSPENDED' });
  });
});

describe('dispatch gates', () => {
  it('do not spend a second time: a full tier does not hold up what was accepted', () => {
    const full = facts({ reach: { limit: 0, used: 0, oldestTakenAt: null }, pairTat: seconds(10_000) });
    expect(decide(DISPATCH_GATES, service, full)).toEqual({ outcome: 'ALLOWED' });
  });
});
