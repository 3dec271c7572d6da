import { describe, expect, it } from '@jest/globals';
import {
  contactFacts,
  hours,
  OPTED_IN,
  RULES,
  seconds,
  sendingFacts,
  STANDS,
} from '../../../../test/support/builders/facts.js';
import { decide, otherObjections } from './decide.js';
import type { Draft, SendingFacts } from './facts.js';
import { DISPATCH_GATES, SENDING_GATES } from './gates.js';
import type { Preferences } from './preferences.js';

const service = { purpose: 'SERVICE', whenLimited: 'DEFER', template: STANDS } as const;
const marketing = { purpose: 'MARKETING', whenLimited: 'DEFER', template: STANDS } as const;
/** To somebody who has not written, so that they take a place of the reach tier. */
const sending = (draft: Draft, changes?: Partial<SendingFacts>) =>
  decide(SENDING_GATES, draft, sendingFacts({ lastInboundAt: null, ...changes }));
/** To somebody who opted in. */
const toPerson = (wants: Partial<Preferences>, saw: Date[] = []) => ({
  contact: contactFacts({ said: [OPTED_IN], wants, saw }),
});
const full = { limit: 2, used: 2, oldestTakenAt: hours(-23) };

describe('a decision', () => {
  it('lets a service message of a verified business pass', () => {
    expect(sending(service)).toEqual({ outcome: 'ALLOWED' });
  });

  it('asks in order: the first gate that refuses explains why', () => {
    const everythingWrong = {
      business: { status: 'SUSPENDED' as const, overrides: {} },
      contact: undefined,
      reach: { limit: 0, used: 0, oldestTakenAt: null },
    };
    expect(sending(marketing, everythingWrong)).toMatchObject({ reason: 'BUSINESS_SUSPENDED' });
  });

  it('at dispatch does not spend a second time: a full tier does not hold up what was accepted', () => {
    const facts = sendingFacts({ reach: full, pairTat: seconds(10_000) });
    expect(decide(DISPATCH_GATES, service, facts)).toEqual({ outcome: 'ALLOWED' });
  });

  it('does not hide a refusal behind a deferral: what would be refused when it is due is refused now', () => {
    expect(sending(service, { ...toPerson({ pausedUntil: hours(1) }), reach: full })).toMatchObject({
      reason: 'REACH_TIER',
    });
    const suspended = { business: { status: 'SUSPENDED' as const, overrides: {} } };
    expect(sending(service, { ...toPerson({ pausedUntil: hours(1) }), ...suspended })).toMatchObject({
      reason: 'BUSINESS_SUSPENDED',
    });
  });

  it('lists what else would object, each gate by itself, in order', () => {
    const facts = sendingFacts({
      ...toPerson({ pausedUntil: hours(5), quietHours: { from: '12:00', to: '14:00' } }),
      reach: full,
      lastInboundAt: null,
    });
    expect(decide(SENDING_GATES, marketing, facts)).toMatchObject({ reason: 'REACH_TIER' });
    expect(otherObjections(SENDING_GATES, marketing, facts, 'REACH_TIER')).toEqual([
      { outcome: 'DEFERRED', reason: 'QUIET_HOURS', until: hours(1) },
      { outcome: 'DEFERRED', reason: 'PAUSED', until: hours(5) },
    ]);
  });
});

describe('the time of a refusal', () => {
  const pairFull = { pairTat: seconds(45 * 6 + 3_600), reach: full };

  it('is when every gate lets it pass, not only the one that explains it', () => {
    // The pair limit passes after an hour, and a second later than the tier's place.
    expect(sending(service, pairFull)).toMatchObject({ reason: 'PAIR_LIMIT', retryAt: seconds(3_606) });
    const later = { ...pairFull, reach: { ...full, oldestTakenAt: hours(-20) } };
    expect(sending(service, later)).toMatchObject({ reason: 'PAIR_LIMIT', retryAt: hours(4) });
  });

  it('is none where by then another gate refuses for good', () => {
    const rules = { MARKETING: { ...RULES.MARKETING, validDays: 1 } };
    const said = [{ ...OPTED_IN, since: hours(-23.5) }];
    const contact = contactFacts({ said, rules });
    expect(sending(marketing, { reach: full, contact })).toEqual({
      outcome: 'REFUSED',
      reason: 'REACH_TIER',
      retryAt: null,
    });
    expect(sending(service, { reach: full, contact })).toMatchObject({ retryAt: hours(1) });
  });
});

describe('a deferral', () => {
  const four = [hours(-1), hours(-2), hours(-3), hours(-20)];

  it('of more than 30 days is a refusal, that says from when on it can wait', () => {
    const day = (count: number) => hours(24 * count);
    const long = toPerson({ pausedUntil: day(40) });
    expect(sending(service, long)).toEqual({ outcome: 'REFUSED', reason: 'PAUSED', retryAt: day(10) });
    const tooEarly = { ...long, now: new Date(day(10).getTime() - 1) };
    expect(sending(service, tooEarly)).toMatchObject({ outcome: 'REFUSED' });
    expect(sending(service, { ...long, now: day(10) })).toMatchObject({
      outcome: 'DEFERRED',
      until: day(40),
    });
  });

  it('lasts until the time at which all gates let it pass, because of the last', () => {
    expect(sending(marketing, toPerson({ pausedUntil: hours(1) }, four))).toMatchObject({
      reason: 'MARKETING_CAP',
      until: hours(4),
    });
    expect(sending(marketing, toPerson({ pausedUntil: hours(9) }, four))).toMatchObject({
      reason: 'PAUSED',
      until: hours(9),
    });
  });

  it('is judged by every gate at the time that another names', () => {
    const wants = { pausedUntil: hours(9), quietHours: { from: '20:00', to: '23:30' } };
    // The pause ends at 22:00 in Berlin, into quiet hours.
    expect(sending(marketing, toPerson(wants))).toMatchObject({ reason: 'QUIET_HOURS', until: hours(10.5) });
  });
});
