import { describe, expect, it } from '@jest/globals';
import {
  aSwitch,
  contactFacts,
  hours,
  NOW,
  seconds,
  sendingFacts,
} from '../../../../test/support/builders/facts.js';
import { type ClaimedHandOff, outcomeOf, planHandOff } from './hand-off.js';

function aHandOff(changes: Partial<ClaimedHandOff> = {}): ClaimedHandOff {
  return {
    ...sendingFacts(),
    lane: 1,
    messageId: 'm',
    carrier: 'SMS',
    personId: 'p',
    contactId: 'c',
    businessId: 'b',
    purpose: 'SERVICE',
    templateId: 't',
    fence: 1,
    state: 'WAITING',
    giveUpAt: hours(6),
    status: 'DISPATCHED',
    wanted: true,
    ...changes,
  };
}

const stopped = contactFacts({
  said: [{ businessId: null, subject: 'EVERYTHING', standing: 'STOPPED', since: NOW }],
});

describe('a hand-off that is due', () => {
  it.each<[string, Partial<ClaimedHandOff>, object]>([
    ['is handed over', {}, { to: 'HANDING' }],
    ['is not where a device has it', { status: 'DELIVERED' }, { to: 'NOT_NEEDED' }],
    ['is not where it was read', { status: 'READ' }, { to: 'NOT_NEEDED' }],
    ['is not where nobody wants it', { wanted: false }, { to: 'NOT_NEEDED' }],
    ['is given up in time', { giveUpAt: NOW }, { to: 'FAILED', reason: 'EXPIRED' }],
    ['ends with a stop', { contact: stopped }, { to: 'SUPPRESSED', reason: 'CONSENT_STOPPED' }],
    ['ends with its contact', { contact: undefined }, { to: 'SUPPRESSED', reason: 'CONTACT_UNKNOWN' }],
    [
      'ends with the business',
      { business: { status: 'SUSPENDED', overrides: {} } },
      { to: 'SUPPRESSED', reason: 'BUSINESS_SUSPENDED' },
    ],
    [
      'waits for the end of a pause',
      { contact: contactFacts({ wants: { pausedUntil: hours(1) } }) },
      { to: 'WAITING', until: hours(1), reason: 'PAUSED' },
    ],
    [
      'waits for a kill switch, while it is worth anything',
      {
        business: {
          status: 'VERIFIED',
          overrides: {},
          switches: [aSwitch({ kind: 'CARRIER', carrier: 'SMS' })],
        },
      },
      { to: 'WAITING', until: hours(6), reason: 'CARRIER_SWITCHED_OFF' },
    ],
    [
      'does not for one of another carrier',
      {
        business: {
          status: 'VERIFIED',
          overrides: {},
          switches: [aSwitch({ kind: 'CARRIER', carrier: 'PUSH' })],
        },
      },
      { to: 'HANDING' },
    ],
    [
      'is not held up by what the person saw before',
      { contact: contactFacts({ wants: { interruptionCap: 1 }, interruptedAt: [NOW] }) },
      { to: 'HANDING' },
    ],
  ])('%s', (_, changes, plan) => {
    expect(planHandOff(aHandOff(changes), false)).toEqual(plan);
  });

  it('that a worker left in the middle is handed over again only where that does no harm', () => {
    expect(planHandOff(aHandOff({ state: 'HANDING' }), true)).toEqual({ to: 'HANDING' });
    expect(planHandOff(aHandOff({ state: 'HANDING' }), false)).toEqual({ to: 'FAILED', reason: 'UNCERTAIN' });
  });
});

describe('what a carrier answered', () => {
  const tried = { attempts: 1, giveUpAt: hours(6), knowsRepeats: true };
  const failed = (
    failure: Parameters<typeof outcomeOf>[0]['failure'],
    retryAfterMs: number | null = null,
  ) => ({
    failure,
    references: [],
    retryAfterMs,
  });

  it('takes it, refuses it for good, or leaves nobody knowing', () => {
    expect(outcomeOf(failed(null), tried, NOW, 0)).toEqual({ to: 'HANDED' });
    expect(outcomeOf(failed('REFUSED'), tried, NOW, 0)).toEqual({ to: 'FAILED', reason: 'REFUSED' });
    const unsure = { ...tried, knowsRepeats: false };
    expect(outcomeOf(failed('TIMED_OUT'), unsure, NOW, 0)).toEqual({ to: 'FAILED', reason: 'UNCERTAIN' });
    expect(outcomeOf(failed('TIMED_OUT'), tried, NOW, 0.5)).toEqual({ to: 'WAITING', until: seconds(5) });
  });

  it.each([
    [1, 0, 3.75],
    [1, 1, 6.25],
    [2, 0.5, 20],
    [3, 0.5, 80],
    [9, 0.5, 1_800],
  ])('after try %i it is tried again, by chance %d, in %d s', (attempts, random, wait) => {
    const outcome = outcomeOf(failed('BUSY'), { ...tried, attempts }, NOW, random);
    expect(outcome).toEqual({ to: 'WAITING', until: seconds(wait) });
  });

  it('may ask for a longer wait, up to half an hour', () => {
    expect(outcomeOf(failed('BUSY', 60_000), tried, NOW, 0)).toEqual({ to: 'WAITING', until: seconds(60) });
    expect(outcomeOf(failed('BUSY', 1e9), tried, NOW, 0)).toEqual({ to: 'WAITING', until: seconds(1_800) });
  });

  it('gives it up where the next try would come too late', () => {
    const late = { ...tried, giveUpAt: seconds(4) };
    expect(outcomeOf(failed('BUSY'), late, NOW, 0.5)).toEqual({ to: 'FAILED', reason: 'EXPIRED' });
  });
});
