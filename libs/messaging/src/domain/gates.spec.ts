import { describe, expect, it } from '@jest/globals';
import type { ConsentFact, ConsentFacts } from '@assent/consent';
import type { SendingFacts } from './facts.js';
import { decide, DISPATCH_GATES, SENDING_GATES } from './gates.js';
import type { MessagePurpose } from './message.js';
import { NO_PREFERENCES, type Preferences } from './preferences.js';

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

/** A contact whose person said, wants and saw this. */
function contact({
  said = [],
  wants = {},
  saw = [],
}: {
  said?: ConsentFact[];
  wants?: Partial<Preferences>;
  saw?: Date[];
} = {}) {
  return {
    consent: consent(...said),
    person: { country: 'DE', preferences: { ...NO_PREFERENCES, ...wants }, marketingSeenAt: saw },
  };
}

function facts(changes: Partial<SendingFacts> = {}): SendingFacts {
  return {
    now,
    business: { status: 'VERIFIED' },
    contact: contact(),
    marketingCap: 4,
    pairLimit: { intervalMs: 6_000, burst: 45 },
    pairTat: null,
    reach: { limit: 250, used: 0, oldestTakenAt: null },
    reachTakenAt: null,
    ...changes,
  };
}

const sending = (draft: { purpose: MessagePurpose }, changes?: Partial<SendingFacts>) =>
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
        ...contact(),
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
      contact: contact({ said: [{ businessId: 'b', subject, standing: 'STOPPED', since }] }),
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

describe('gates of time', () => {
  const authentication = { purpose: 'AUTHENTICATION' } as const;
  const optedIn = { businessId: null, subject: 'MARKETING', standing: 'ALLOWED', since: now } as const;
  const hours = (count: number) => seconds(count * 3_600);
  const toPerson = (wants: Partial<Preferences>, saw: Date[] = []) => ({
    contact: contact({ said: [optedIn], wants, saw }),
  });

  describe('pause', () => {
    const paused = toPerson({ pausedUntil: hours(5) });

    it('defers everything but AUTHENTICATION to its end', () => {
      const until = { outcome: 'DEFERRED', reason: 'PAUSED', until: hours(5) };
      expect(sending(service, paused)).toEqual(until);
      expect(sending(marketing, paused)).toEqual(until);
      expect(sending(authentication, paused)).toEqual({ outcome: 'ALLOWED' });
    });

    it('is over at its end', () => {
      expect(sending(service, { ...paused, now: hours(5) })).toEqual({ outcome: 'ALLOWED' });
    });

    it('refuses what would wait for more than 30 days, and says from when on it can wait', () => {
      const day = (count: number) => hours(24 * count);
      const long = toPerson({ pausedUntil: day(40) });
      expect(sending(service, long)).toEqual({ outcome: 'REFUSED', reason: 'PAUSED', retryAt: day(10) });
      expect(sending(service, { ...long, now: seconds(10 * 86_400 - 0.001) })).toMatchObject({
        outcome: 'REFUSED',
      });
      expect(sending(service, { ...long, now: day(10) })).toMatchObject({
        outcome: 'DEFERRED',
        until: day(40),
      });
    });
  });

  describe('quiet hours', () => {
    const NIGHT = { from: '21:00', to: '08:00' };
    const at = (time: string) => new Date(`2026-11-23T${time}:00.000Z`);
    /** A person in Germany by default, where the law wants quiet nights. */
    const atNight = (
      time: string,
      {
        law = NIGHT,
        country = 'DE',
        wants = {},
      }: { law?: typeof NIGHT | null; country?: string | null; wants?: Partial<Preferences> } = {},
    ) => {
      const { consent, person } = contact({ said: [optedIn], wants });
      const policy = { version: 1, rules: { ...rules, MARKETING: { ...optIn, quietHours: law } } };
      return { now: at(time), contact: { consent: { ...consent, policy }, person: { ...person, country } } };
    };

    it('of the policy defer its purpose, and nothing else, by the one clock of the country', () => {
      expect(sending(marketing, atNight('20:00'))).toEqual({
        outcome: 'DEFERRED',
        reason: 'QUIET_HOURS',
        until: new Date('2026-11-24T07:00:00.000Z'),
      });
      expect(sending(marketing, atNight('19:59'))).toEqual({ outcome: 'ALLOWED' });
      expect(sending(service, atNight('20:00'))).toEqual({ outcome: 'ALLOWED' });
      expect(sending(authentication, atNight('20:00'))).toEqual({ outcome: 'ALLOWED' });
    });

    it('go by the clock of the person where they told their zone', () => {
      const wants = { timeZone: 'Asia/Tokyo' };
      expect(sending(marketing, atNight('20:00', { wants }))).toMatchObject({ until: at('23:00') });
    });

    it('hold, in a country of many clocks, while they hold by any of them', () => {
      expect(sending(marketing, atNight('13:00', { country: 'US' }))).toMatchObject({ until: at('18:00') });
      const wants = { timeZone: 'America/New_York' };
      expect(sending(marketing, atNight('13:00', { country: 'US', wants }))).toEqual({ outcome: 'ALLOWED' });
    });

    it('refuse where neither zone nor country is known: it is always night somewhere', () => {
      expect(sending(marketing, atNight('12:00', { country: null }))).toEqual({
        outcome: 'REFUSED',
        reason: 'QUIET_HOURS',
        retryAt: null,
      });
    });

    it('of the person defer marketing, beside those of the policy and never instead of them', () => {
      const wants = { quietHours: { from: '12:00', to: '15:00' } };
      expect(sending(marketing, atNight('13:00', { law: null, wants }))).toMatchObject({
        until: at('14:00'),
      });
      expect(sending(service, atNight('13:00', { law: null, wants }))).toEqual({ outcome: 'ALLOWED' });
      expect(sending(marketing, atNight('20:00', { wants }))).toMatchObject({ reason: 'QUIET_HOURS' });
    });
  });

  describe('marketing cap', () => {
    const four = [hours(-1), hours(-2), hours(-3), hours(-20)];

    it('defers marketing, and nothing else, until the oldest leaves the window', () => {
      expect(sending(marketing, toPerson({}, four))).toEqual({
        outcome: 'DEFERRED',
        reason: 'MARKETING_CAP',
        until: hours(4),
      });
      expect(sending(marketing, { ...toPerson({}, four), now: hours(4) })).toEqual({ outcome: 'ALLOWED' });
      expect(sending(service, toPerson({}, four))).toEqual({ outcome: 'ALLOWED' });
      expect(sending(authentication, toPerson({}, four))).toEqual({ outcome: 'ALLOWED' });
    });

    it('of a person can only be lower than that of the operator', () => {
      expect(sending(marketing, toPerson({ marketingCap: 3 }, four))).toMatchObject({ until: hours(21) });
      expect(sending(marketing, toPerson({ marketingCap: 9 }, four))).toMatchObject({ until: hours(4) });
    });

    it('of 0 refuses', () => {
      expect(sending(marketing, toPerson({ marketingCap: 0 }))).toEqual({
        outcome: 'REFUSED',
        reason: 'MARKETING_CAP',
        retryAt: null,
      });
    });
  });

  it('are asked together: until the time at which all of them let pass, because of the last', () => {
    const four = [hours(-1), hours(-2), hours(-3), hours(-20)];
    expect(sending(marketing, toPerson({ pausedUntil: hours(1) }, four))).toMatchObject({
      reason: 'MARKETING_CAP',
      until: hours(4),
    });
    expect(sending(marketing, toPerson({ pausedUntil: hours(9) }, four))).toMatchObject({
      reason: 'PAUSED',
      until: hours(9),
    });
  });

  it('ask each other at the time that they name', () => {
    const wants = { pausedUntil: hours(9), quietHours: { from: '20:00', to: '23:30' } };
    // The pause ends at 22:00 in Berlin, into quiet hours.
    expect(sending(marketing, toPerson(wants))).toMatchObject({ reason: 'QUIET_HOURS', until: hours(10.5) });
  });

  it('do not hide a refusal: what would be refused when it is due is refused now', () => {
    const reach = { limit: 2, used: 2, oldestTakenAt: seconds(-5) };
    expect(sending(service, { ...toPerson({ pausedUntil: hours(1) }), reach })).toMatchObject({
      reason: 'REACH_TIER',
    });
    const suspended = { business: { status: 'SUSPENDED' as const } };
    expect(sending(service, { ...toPerson({ pausedUntil: hours(1) }), ...suspended })).toMatchObject({
      reason: 'BUSINESS_SUSPENDED',
    });
  });
});
