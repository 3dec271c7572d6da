import { describe, expect, it } from '@jest/globals';
import type { ConsentFact, ConsentFacts } from '@assent/consent';
import { type ClaimedConversation, planDispatch } from './dispatch-plan.js';

/** What counts of a person's consent, under a policy that asks for an opt-in to everything but service. */
function consent(said: ConsentFact[] = []): ConsentFacts {
  const optIn = { basis: 'OPT_IN', validDays: null, evidence: [], quietHours: null } as const;
  const service = { basis: 'OPT_OUT', validDays: null, evidence: [], quietHours: null } as const;
  const rules = {
    AUTHENTICATION: optIn,
    SERVICE: service,
    MARKETING: optIn,
    MATCHING: optIn,
    ADS: optIn,
    ANALYTICS: optIn,
  };
  return { said, policy: { version: 1, rules }, now: new Date('2026-11-23T12:00:00.000Z') };
}

function conversation(changes: Partial<ClaimedConversation> = {}): ClaimedConversation {
  return {
    lane: 1,
    personId: 'p1',
    contactId: 'c1',
    businessId: 'b1',
    fence: 1,
    business: { status: 'VERIFIED' },
    contact: { consent: consent() },
    messages: [1, 2].map((seq) => ({ id: `m${seq}`, seq, purpose: 'SERVICE', status: 'ACCEPTED' })),
    more: false,
    ...changes,
  };
}

describe('plan of a dispatch', () => {
  it('goes on with the numbers of the inbox, across conversations of one person', () => {
    const planned = planDispatch([conversation(), conversation({ contactId: 'c2' })], new Map([['p1', 7]]));
    expect(planned.map(({ inboxSeq }) => inboxSeq)).toEqual([8, 9, 10, 11]);
  });

  it('suppresses what a stop under way covers', () => {
    const stop = { businessId: null, subject: 'EVERYTHING', standing: 'STOPPED', since: new Date() } as const;
    const planned = planDispatch(
      [conversation({ contact: { consent: consent([stop]) } })],
      new Map([['p1', 7]]),
    );
    expect(planned).toMatchObject([
      { inboxSeq: null, reason: 'CONSENT_STOPPED' },
      { inboxSeq: null, reason: 'CONSENT_STOPPED' },
    ]);
  });

  it('passes over what has ended already', () => {
    const messages = [
      { id: 'm1', seq: 1, purpose: 'SERVICE', status: 'SUPPRESSED' },
      { id: 'm2', seq: 2, purpose: 'SERVICE', status: 'ACCEPTED' },
    ] as const;
    const planned = planDispatch([conversation({ messages: [...messages] })], new Map());
    expect(planned.map(({ message, inboxSeq }) => [message.id, inboxSeq])).toEqual([['m2', 1]]);
  });

  it('suppresses what a business had queued when it was suspended', () => {
    const planned = planDispatch([conversation({ business: { status: 'SUSPENDED' } })], new Map());
    expect(planned[0]).toMatchObject({ inboxSeq: null, reason: 'BUSINESS_SUSPENDED' });
  });
});
