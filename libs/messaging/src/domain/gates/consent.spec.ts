import { describe, expect, it } from '@jest/globals';
import {
  contactFacts,
  OPTED_IN,
  RULES,
  seconds,
  sendingFacts,
} from '../../../../../test/support/builders/facts.js';
import { consentGate } from './consent.js';

const service = { purpose: 'SERVICE', whenLimited: 'DEFER' } as const;
const marketing = { purpose: 'MARKETING', whenLimited: 'DEFER' } as const;
const to = (...overrides: Parameters<typeof contactFacts>) =>
  sendingFacts({ contact: contactFacts(...overrides) });
const stopped = (subject: 'BLOCK' | 'EVERYTHING') =>
  ({ businessId: 'b', subject, standing: 'STOPPED', since: seconds(-60) }) as const;

describe('gate of consent', () => {
  it('refuses marketing without an opt-in, and service not', () => {
    expect(consentGate(marketing, to())).toEqual({
      outcome: 'REFUSED',
      reason: 'CONSENT_MISSING',
      retryAt: null,
    });
    expect(consentGate(service, to())).toBeUndefined();
    expect(consentGate(marketing, to({ said: [OPTED_IN] }))).toBeUndefined();
  });

  it('refuses marketing on an opt-in that the policy no longer counts', () => {
    const within = (validDays: number) => {
      const said = [{ ...OPTED_IN, since: seconds(-86_400) }];
      return to({ said, rules: { MARKETING: { ...RULES.MARKETING, validDays } } });
    };
    expect(consentGate(marketing, within(1))).toMatchObject({ reason: 'CONSENT_MISSING', retryAt: null });
    expect(consentGate(marketing, within(2))).toBeUndefined();
  });

  it('names a stop, also behind a block, which is not for it to name', () => {
    const stop = { outcome: 'REFUSED', reason: 'CONSENT_STOPPED', retryAt: null };
    expect(consentGate(service, to({ said: [stopped('EVERYTHING')] }))).toEqual(stop);
    expect(consentGate(service, to({ said: [stopped('BLOCK'), stopped('EVERYTHING')] }))).toEqual(stop);
    expect(consentGate(service, to({ said: [stopped('BLOCK')] }))).toBeUndefined();
  });

  it('says nothing where there is no contact', () => {
    expect(consentGate(marketing, sendingFacts({ contact: undefined }))).toBeUndefined();
  });
});
