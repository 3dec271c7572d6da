import {
  judgePair,
  judgeReach,
  type MarketingLimits,
  nextSlot,
  type PairLimit,
  type ReachFacts,
  type Throughput,
} from '@assent/limits';
import { decide } from './decide.js';
import { type Deferred, type Refused, refused } from './decision.js';
import type { BusinessFacts, ContactFacts, Draft } from './facts.js';
import { SENDING_GATES } from './gates.js';
import { pairLimitAt } from './gates/pair-limit.js';
import { reachAt } from './gates/reach-tier.js';
import { throughputAt } from './gates/throughput.js';
import type { Reason } from './reasons.js';

/** One message of a batch, as asked for. */
export interface AskedMessage extends Draft {
  businessId: string;
  /** The contact's id; undefined where the handle was not one of this business. */
  contactId: string | undefined;
  /** Keyed hash of business and idempotency key, in hex. */
  keyHash: string;
  /** Keyed hash of everything that the message is, in hex. */
  bodyHash: string;
}

/** A contact as loaded, and as a batch changes it. */
export interface SendingContact extends ContactFacts {
  lane: number;
  contactId: string;
  businessId: string;
  personId: string;
  contentSalt: Buffer | null;
  lastSeq: number;
  pairTat: Date | null;
  reachTakenAt: Date | null;
}

/** A business as loaded, and as a batch changes it. */
export interface SendingBusiness extends BusinessFacts {
  businessId: string;
  /** As configured for its tier. */
  reach: ReachFacts;
  /** As configured for its tier. */
  throughput: Throughput;
  throughputTat: number | null;
}

/** What an idempotency key answered before. */
export interface Earlier {
  bodyHash: string;
  answer: Answer;
}

/** Until when an accepted message is to wait, and why. */
export type Deferral = Omit<Deferred, 'outcome'>;

/** What is answered for one message, and again whenever its key comes back. */
export type Answer =
  | { accepted: true; messageId: string; at: Date; deferral: Deferral | null }
  | { accepted: false; reason: Reason; retryAt: Date | null };

/** Everything a batch is decided on, loaded under the guards of its people and businesses. */
export interface BatchFacts {
  now: Date;
  pairLimit: PairLimit;
  marketing: MarketingLimits;
  contacts: Map<string, SendingContact>;
  /** Ids of contacts whose person is gone. */
  gone: Set<string>;
  businesses: Map<string, SendingBusiness>;
  /** By key hash. */
  earlier: Map<string, Earlier>;
}

/** What becomes of one message of a batch. */
export type Plan =
  | {
      kind: 'ACCEPT';
      asked: AskedMessage;
      contact: SendingContact;
      seq: number;
      takesPlace: boolean;
      /** Its slot, where that is later than now. */
      notBefore: Date | null;
      deferral: Deferral | null;
    }
  | { kind: 'REFUSE'; asked: AskedMessage; decision: Refused }
  /** The key was used before: by an earlier request, or by the message at `at` of this batch. */
  | { kind: 'REPLAY'; answer: Answer }
  | { kind: 'REPEAT'; at: number }
  | { kind: 'CONFLICT'; decision: Refused };

/**
 * Decides a batch in order. A message that is allowed spends on the facts, so the next one sees what is left; facts
 * belong to the batch and are changed in place.
 */
export function planBatch(batch: readonly AskedMessage[], facts: BatchFacts): Plan[] {
  const keysHere = new Map<string, { at: number; bodyHash: string }>();
  return batch.map((asked, at) => {
    const known = facts.earlier.get(asked.keyHash) ?? keysHere.get(asked.keyHash);
    if (known && known.bodyHash !== asked.bodyHash) {
      return { kind: 'CONFLICT', decision: refused('IDEMPOTENCY_CONFLICT') };
    }
    if (known)
      return 'answer' in known ? { kind: 'REPLAY', answer: known.answer } : { kind: 'REPEAT', at: known.at };
    keysHere.set(asked.keyHash, { at, bodyHash: asked.bodyHash });
    return planOne(asked, facts);
  });
}

function planOne(asked: AskedMessage, { contacts, gone, businesses, ...facts }: BatchFacts): Plan {
  const { now, pairLimit, marketing } = facts;
  const business = businesses.get(asked.businessId);
  if (!business) throw new Error('A business was not loaded');
  const contact = asked.contactId === undefined ? undefined : contacts.get(asked.contactId);
  const pairTat = contact?.pairTat ?? null;
  const reachTakenAt = contact?.reachTakenAt ?? null;
  const { reach, throughput, throughputTat } = business;
  const decision = decide(SENDING_GATES, asked, {
    now,
    business,
    contact,
    gone: asked.contactId !== undefined && gone.has(asked.contactId),
    marketing,
    pairLimit,
    pairTat,
    reach,
    reachTakenAt,
    throughput,
    throughputTat,
  });
  if (decision.outcome === 'REFUSED' || !contact) {
    return {
      kind: 'REFUSE',
      asked,
      decision: decision.outcome === 'REFUSED' ? decision : refused('CONTACT_UNKNOWN'),
    };
  }

  const pair = judgePair(pairLimitAt({ business, pairLimit }, now), pairTat, now);
  const place = judgeReach(reachAt({ business, reach }, now), reachTakenAt, now);
  const takesPlace = place.passes && place.takesPlace;
  if (pair.passes) contact.pairTat = pair.tat;
  if (takesPlace) {
    contact.reachTakenAt = now;
    reach.used += 1;
    reach.oldestTakenAt ??= now;
  }
  const slot = nextSlot(throughputAt({ business, throughput }, now), throughputTat, now);
  business.throughputTat = slot.tat;
  contact.lastSeq += 1;
  const deferral =
    decision.outcome === 'DEFERRED' ? { reason: decision.reason, until: decision.until } : null;
  const notBefore = slot.at > now ? slot.at : null;
  return { kind: 'ACCEPT', asked, contact, seq: contact.lastSeq, takesPlace, notBefore, deferral };
}
