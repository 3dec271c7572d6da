import { describe, expect, it } from '@jest/globals';
import type { ConsentFact, ConsentFacts } from '@assent/consent';
import type { PersonFacts } from './facts.js';
import { NO_PREFERENCES } from './preferences.js';
import { type ClaimedConversation, planDispatch } from './dispatch-plan.js';

const now = new Date('2026-11-23T12:00:00.000Z');

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
  return { said, policy: { version: 1, rules }, now };
}

/** A person who has said nothing of when they want to be messaged. */
function person(changes: Partial<PersonFacts> = {}): PersonFacts {
  return { country: 'DE', preferences: NO_PREFERENCES, marketingSeenAt: [], interruptedAt: [], ...changes };
}

function conversation(changes: Partial<ClaimedConversation> = {}): ClaimedConversation {
  return {
    now,
    lane: 1,
    personId: 'p1',
    contactId: 'c1',
    businessId: 'b1',
    place: '(0,1)',
    priority: 'SERVICE',
    business: { status: 'VERIFIED', overrides: {} },
    contact: { consent: consent(), person: person(), marketing: { seenAt: [], unread: 0 } },
    lastInboundAt: null,
    marketing: { daily: 4, weekly: 3, mostUnread: 5 },
    messages: [1, 2].map((seq) => ({
      id: `m${seq}`,
      seq,
      purpose: 'SERVICE',
      whenLimited: 'DEFER',
      status: 'ACCEPTED',
      waited: false,
    })),
    nextSeq: 3,
    dueAt: null,
    ...changes,
  };
}

describe('plan of a dispatch', () => {
  it('goes on with the numbers of the inbox, across conversations of one person', () => {
    const planned = planDispatch([conversation(), conversation({ contactId: 'c2' })], new Map([['p1', 7]]));
    expect(planned).toMatchObject([8, 9, 10, 11].map((inboxSeq) => ({ outcome: 'VISIBLE', inboxSeq })));
  });

  it('suppresses what a stop under way covers', () => {
    const stop = { businessId: null, subject: 'EVERYTHING', standing: 'STOPPED', since: new Date() } as const;
    const planned = planDispatch(
      [
        conversation({
          contact: { consent: consent([stop]), person: person(), marketing: { seenAt: [], unread: 0 } },
        }),
      ],
      new Map([['p1', 7]]),
    );
    expect(planned).toMatchObject([
      { outcome: 'SUPPRESSED', reason: 'CONSENT_STOPPED' },
      { outcome: 'SUPPRESSED', reason: 'CONSENT_STOPPED' },
    ]);
  });

  it('passes over what has ended already', () => {
    const messages = [
      { id: 'm1', seq: 1, purpose: 'SERVICE', whenLimited: 'DEFER', status: 'SUPPRESSED', waited: false },
      { id: 'm2', seq: 2, purpose: 'SERVICE', whenLimited: 'DEFER', status: 'ACCEPTED', waited: false },
    ] as const;
    const planned = planDispatch([conversation({ messages: [...messages] })], new Map());
    expect(planned).toMatchObject([{ message: { id: 'm2' }, inboxSeq: 1 }]);
  });

  it('suppresses what a business had queued when it was suspended', () => {
    const planned = planDispatch(
      [conversation({ business: { status: 'SUSPENDED', overrides: {} } })],
      new Map(),
    );
    expect(planned[0]).toMatchObject({ outcome: 'SUPPRESSED', reason: 'BUSINESS_SUSPENDED' });
  });

  it('defers without holding up what is behind, and knows when the first is due', () => {
    const pausedUntil = new Date(now.getTime() + 60_000);
    const paused = conversation({
      contact: {
        consent: consent(),
        person: person({ preferences: { ...NO_PREFERENCES, pausedUntil } }),
        marketing: { seenAt: [], unread: 0 },
      },
      messages: [
        { id: 'm1', seq: 1, purpose: 'SERVICE', whenLimited: 'DEFER', status: 'ACCEPTED', waited: false },
        {
          id: 'm2',
          seq: 2,
          purpose: 'AUTHENTICATION',
          whenLimited: 'DEFER',
          status: 'ACCEPTED',
          waited: false,
        },
      ],
      dueAt: new Date(now.getTime() + 90_000),
    });
    allow(paused, 'AUTHENTICATION');
    expect(planDispatch([paused], new Map())).toMatchObject([
      { message: { id: 'm1' }, outcome: 'DEFERRED', reason: 'PAUSED', until: pausedUntil },
      { message: { id: 'm2' }, outcome: 'VISIBLE', inboxSeq: 1 },
    ]);
    expect(paused.dueAt).toEqual(pausedUntil);
  });

  it('counts marketing of all businesses to one person as it makes it visible', () => {
    const one = person();
    const messages = [1, 2, 3].map((seq) => {
      return {
        id: `m${seq}`,
        seq,
        purpose: 'MARKETING',
        whenLimited: 'DEFER',
        status: 'ACCEPTED',
        waited: false,
      } as const;
    });
    const conversations = ['b1', 'b2'].map((businessId) => {
      const facts = { consent: consent(), person: one, marketing: { seenAt: [], unread: 0 } };
      return conversation({
        businessId,
        contactId: `of ${businessId}`,
        contact: facts,
        messages: [...messages],
      });
    });
    for (const each of conversations) allow(each, 'MARKETING');
    const planned = planDispatch(conversations, new Map());
    expect(planned.map(({ outcome }) => outcome)).toEqual([
      ...Array.from({ length: 4 }, () => 'VISIBLE'),
      'DEFERRED',
      'DEFERRED',
    ]);
    const tomorrow = new Date(now.getTime() + 86_400_000);
    expect(planned.at(-1)).toMatchObject({ reason: 'MARKETING_CAP', until: tomorrow });
  });
});

function allow({ contact }: ClaimedConversation, subject: 'AUTHENTICATION' | 'MARKETING'): void {
  contact?.consent.said.push({ businessId: null, subject, standing: 'ALLOWED', since: now });
}
