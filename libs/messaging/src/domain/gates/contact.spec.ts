import { describe, expect, it } from '@jest/globals';
import { contactFacts, NOW, sendingFacts } from '../../../../../test/support/builders/facts.js';
import { contactGate } from './contact.js';

const service = { purpose: 'SERVICE', whenLimited: 'DEFER' } as const;

describe('gate of the contact', () => {
  it('refuses who is none, and who is gone', () => {
    expect(contactGate(service, sendingFacts({ contact: undefined }))).toMatchObject({
      reason: 'CONTACT_UNKNOWN',
      retryAt: null,
    });
    expect(contactGate(service, sendingFacts({ contact: undefined, gone: true }))).toMatchObject({
      reason: 'CONTACT_GONE',
    });
  });

  it('names a block, whatever else was said', () => {
    const said = (['BLOCK', 'EVERYTHING'] as const).map((subject) => ({
      businessId: 'b',
      subject,
      standing: 'STOPPED' as const,
      since: NOW,
    }));
    expect(contactGate(service, sendingFacts({ contact: contactFacts({ said }) }))).toEqual({
      outcome: 'REFUSED',
      reason: 'CONTACT_BLOCKED',
      retryAt: null,
    });
    const contact = contactFacts({ said: said.slice(1) });
    expect(contactGate(service, sendingFacts({ contact }))).toBeUndefined();
    const blocked = { ...contact, blockedByBusiness: true };
    expect(contactGate(service, sendingFacts({ contact: blocked }))).toMatchObject({
      reason: 'BLOCKED_BY_YOU',
      retryAt: null,
    });
  });
});
