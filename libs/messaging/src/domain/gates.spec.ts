import { describe, expect, it } from '@jest/globals';
import type { SendingFacts } from './facts.js';
import { decide, DISPATCH_GATES, SENDING_GATES } from './gates.js';

const now = new Date('2026-11-23T12:00:00.000Z');
const seconds = (count: number) => new Date(now.getTime() + count * 1_000);
const service = { purpose: 'SERVICE' } as const;
const marketing = { purpose: 'MARKETING' } as const;

function facts(changes: Partial<SendingFacts> = {}): SendingFacts {
  return {
    now,
    business: { status: 'VERIFIED' },
    contact: { consent: [] },
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
  });

  it('refuse marketing without an opt-in, and service not', () => {
    expect(sending(marketing)).toMatchObject({ reason: 'CONSENT_MISSING' });
    expect(sending(service)).toEqual({ outcome: 'ALLOWED' });
  });

  it('name a block as a block and a stop as a stop', () => {
    const since = seconds(-60);
    const consent = (subject: 'BLOCK' | 'EVERYTHING') => ({
      contact: { consent: [{ businessId: 'b', subject, standing: 'STOPPED' as const, since }] },
    });
    expect(sending(service, consent('BLOCK'))).toMatchObject({ reason: 'CONTACT_BLOCKED' });
    expect(sending(service, consent('EVERYTHING'))).toMatchObject({ reason: 'CONSENT_STOPPED' });
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
