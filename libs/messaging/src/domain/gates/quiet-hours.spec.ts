import { describe, expect, it } from '@jest/globals';
import type { Preferences } from '../preferences.js';
import { contactFacts, hours, RULES, sendingFacts } from '../../../../../test/support/builders/facts.js';
import { pauseGate, quietHoursGate } from './quiet-hours.js';

const authentication = { purpose: 'AUTHENTICATION', whenLimited: 'DEFER' } as const;
const service = { purpose: 'SERVICE', whenLimited: 'DEFER' } as const;
const marketing = { purpose: 'MARKETING', whenLimited: 'DEFER' } as const;

describe('gate of pauses', () => {
  const paused = sendingFacts({ contact: contactFacts({ wants: { pausedUntil: hours(5) } }) });

  it('defers everything but AUTHENTICATION to its end', () => {
    const until = { outcome: 'DEFERRED', reason: 'PAUSED', until: hours(5) };
    expect(pauseGate(service, paused)).toEqual(until);
    expect(pauseGate(marketing, paused)).toEqual(until);
    expect(pauseGate(authentication, paused)).toBeUndefined();
  });

  it('is over at its end', () => {
    expect(pauseGate(service, { ...paused, now: hours(5) })).toBeUndefined();
  });
});

describe('gate of quiet hours', () => {
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
    const rules = { MARKETING: { ...RULES.MARKETING, quietHours: law } };
    return sendingFacts({ now: at(time), contact: contactFacts({ rules, country, wants }) });
  };

  it('of the policy defers its purpose, and nothing else, by the one clock of the country', () => {
    expect(quietHoursGate(marketing, atNight('20:00'))).toEqual({
      outcome: 'DEFERRED',
      reason: 'QUIET_HOURS',
      until: new Date('2026-11-24T07:00:00.000Z'),
    });
    expect(quietHoursGate(marketing, atNight('19:59'))).toBeUndefined();
    expect(quietHoursGate(service, atNight('20:00'))).toBeUndefined();
    expect(quietHoursGate(authentication, atNight('20:00'))).toBeUndefined();
  });

  it('goes by the clock of the person where they told their zone', () => {
    const wants = { timeZone: 'Asia/Tokyo' };
    expect(quietHoursGate(marketing, atNight('20:00', { wants }))).toMatchObject({ until: at('23:00') });
  });

  it('holds, in a country of many clocks, while they hold by any of them', () => {
    expect(quietHoursGate(marketing, atNight('13:00', { country: 'US' }))).toMatchObject({
      until: at('18:00'),
    });
    const wants = { timeZone: 'America/New_York' };
    expect(quietHoursGate(marketing, atNight('13:00', { country: 'US', wants }))).toBeUndefined();
  });

  it('refuses where neither zone nor country is known: it is always night somewhere', () => {
    expect(quietHoursGate(marketing, atNight('12:00', { country: null }))).toEqual({
      outcome: 'REFUSED',
      reason: 'QUIET_HOURS',
      retryAt: null,
    });
  });

  it('of the person defers marketing, beside those of the policy and never instead of them', () => {
    const wants = { quietHours: { from: '12:00', to: '15:00' } };
    expect(quietHoursGate(marketing, atNight('13:00', { law: null, wants }))).toMatchObject({
      until: at('14:00'),
    });
    expect(quietHoursGate(service, atNight('13:00', { law: null, wants }))).toBeUndefined();
    expect(quietHoursGate(marketing, atNight('20:00', { wants }))).toMatchObject({ reason: 'QUIET_HOURS' });
  });
});
