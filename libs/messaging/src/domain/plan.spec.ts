import { describe, expect, it } from '@jest/globals';
import type { ConsentFacts } from '@assent/consent';
import { STANDS, VALIDITY } from '../../../../test/support/builders/facts.js';
import { NO_PREFERENCES } from './preferences.js';
import { type AskedMessage, type BatchFacts, planBatch } from './plan.js';
import type { SendingContact } from './situation.js';

const now = new Date('2026-11-23T12:00:00.000Z');

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
const consent: ConsentFacts = { said: [], policy: { version: 1, rules }, now };

function contact(contactId: string): SendingContact {
  return {
    lane: 1,
    contactId,
    businessId: 'b1',
    personId: `person of ${contactId}`,
    contentSalt: Buffer.alloc(32),
    isKept: false,
    consent,
    person: { country: 'DE', preferences: NO_PREFERENCES, marketingSeenAt: [], interruptedAt: [] },
    marketing: { seenAt: [], unread: 0 },
    lastSeq: 0,
    pairTat: null,
    reachTakenAt: null,
    lastInboundAt: null,
  };
}

function facts({
  limit = 250,
  burst = 45,
  perSecond = 80,
}: { limit?: number; burst?: number; perSecond?: number } = {}): BatchFacts {
  return {
    now,
    marketing: { daily: 4, weekly: 3, mostUnread: 5 },
    validity: VALIDITY,
    pairLimit: { intervalMs: 6_000, burst },
    pacing: { size: 100, holdMs: 3_600_000 },
    contacts: new Map(['c1', 'c2', 'c3'].map((id) => [id, contact(id)])),
    gone: new Set(),
    ofOtherMode: new Set(),
    businesses: new Map([
      [
        'b1',
        {
          businessId: 'b1',
          status: 'VERIFIED',
          overrides: {},
          reach: { limit, used: 0, oldestTakenAt: null },
          throughput: { perSecond, burst: perSecond, longestWaitMs: 60_000 },
          throughputTat: null,
        },
      ],
    ]),
    earlier: new Map(),
  };
}

let keys = 0;
function asked(contactId: string | undefined, changes: Partial<AskedMessage> = {}): AskedMessage {
  const keyHash = `key ${++keys}`;
  return {
    businessId: 'b1',
    contactId,
    purpose: 'SERVICE',
    whenLimited: 'DEFER',
    template: STANDS,
    keyHash,
    bodyHash: `body of ${keyHash}`,
    ...changes,
  };
}

describe('plan of a batch', () => {
  it('numbers the messages of a contact in order', () => {
    const plans = planBatch([asked('c1'), asked('c2'), asked('c1')], facts());
    expect(plans).toMatchObject([
      { kind: 'ACCEPT', seq: 1 },
      { kind: 'ACCEPT', seq: 1 },
      { kind: 'ACCEPT', seq: 2 },
    ]);
  });

  it('lets the second message see what the first one spent', () => {
    const plans = planBatch([asked('c1'), asked('c2'), asked('c1'), asked('c3')], facts({ limit: 2 }));
    expect(plans.map((plan) => plan.kind)).toEqual(['ACCEPT', 'ACCEPT', 'ACCEPT', 'REFUSE']);
    expect(plans[3]).toMatchObject({
      decision: { reason: 'REACH_TIER', retryAt: new Date(now.getTime() + 86_400_000) },
    });
  });

  it('counts the pair limit within the batch', () => {
    const plans = planBatch([asked('c1'), asked('c1'), asked('c1')], facts({ burst: 2 }));
    expect(plans[2]).toMatchObject({ kind: 'REFUSE', decision: { reason: 'PAIR_LIMIT' } });
  });

  it('gives one free slot after another to what is too fast, and none to what is refused', () => {
    const batch = [asked('c1'), asked('c1', { purpose: 'MARKETING' }), asked('c2'), asked('c3')];
    const plans = planBatch(batch, facts({ perSecond: 1 }));
    const at = (count: number) => new Date(now.getTime() + count * 1_000);
    expect(plans).toMatchObject([
      { kind: 'ACCEPT', notBefore: null, deferral: null },
      { kind: 'REFUSE' },
      { kind: 'ACCEPT', notBefore: at(1), deferral: { reason: 'THROUGHPUT', until: at(1) } },
      { kind: 'ACCEPT', notBefore: at(2), deferral: { reason: 'THROUGHPUT', until: at(2) } },
    ]);
  });

  it('spends nothing on what it refuses', () => {
    const loaded = facts();
    planBatch([asked(undefined), asked('c1', { purpose: 'MARKETING', whenLimited: 'DEFER' })], loaded);
    expect(loaded.businesses.get('b1')?.reach.used).toBe(0);
    expect(loaded.contacts.get('c1')).toMatchObject({ lastSeq: 0, pairTat: null, reachTakenAt: null });
  });

  it('answers a key that was used before as it was answered then', () => {
    const loaded = facts();
    const answer = { accepted: true, messageId: 'm1', at: now, deferral: null } as const;
    loaded.earlier.set('old', { bodyHash: 'same', answer });
    expect(planBatch([asked('c1', { keyHash: 'old', bodyHash: 'same' })], loaded)).toEqual([
      { kind: 'REPLAY', answer },
    ]);
    expect(planBatch([asked('c1', { keyHash: 'old', bodyHash: 'other' })], loaded)).toMatchObject([
      { kind: 'CONFLICT', decision: { reason: 'IDEMPOTENCY_CONFLICT' } },
    ]);
  });

  it('sends once what stands twice in a batch under one key', () => {
    const twice = asked('c1');
    const plans = planBatch([twice, twice, { ...twice, bodyHash: 'other' }], facts());
    expect(plans).toMatchObject([{ kind: 'ACCEPT' }, { kind: 'REPEAT', at: 0 }, { kind: 'CONFLICT' }]);
  });

  it('accepts and spends on what has to wait, and says until when', () => {
    const loaded = facts();
    const waiting = contact('c1');
    const pausedUntil = new Date(now.getTime() + 60_000);
    waiting.person.preferences = { ...NO_PREFERENCES, pausedUntil };
    loaded.contacts.set('c1', waiting);
    const plans = planBatch(
      [asked('c1'), asked('c1', { purpose: 'AUTHENTICATION', whenLimited: 'DEFER' })],
      loaded,
    );
    expect(plans).toMatchObject([
      { kind: 'ACCEPT', seq: 1, takesPlace: true, deferral: { reason: 'PAUSED', until: pausedUntil } },
      { kind: 'ACCEPT', seq: 2, takesPlace: false, deferral: null },
    ]);
    expect(loaded.businesses.get('b1')?.reach.used).toBe(1);
  });
});
