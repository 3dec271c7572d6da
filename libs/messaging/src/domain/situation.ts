import {
  type BusinessReach,
  judgePair,
  type MarketingLimits,
  nextSlot,
  type Pacing,
  type PairLimit,
  takePlace,
  type Throughput,
} from '@assent/limits';
import type { Decision } from './decision.js';
import type { BusinessFacts, ContactFacts, Draft, SendingFacts } from './facts.js';
import { type SpentSample, spendSample } from './gates/pacing.js';
import { pairLimitAt } from './gates/pair-limit.js';
import { judgeReachAt } from './gates/reach-tier.js';
import { throughputAt } from './gates/throughput.js';
import type { Validity } from './validity.js';

/** A message as asked for, whether or not it is to be sent. */
export interface AskedDraft extends Draft {
  businessId: string;
  /** The contact's id; undefined where the handle was not one of this business. */
  contactId: string | undefined;
  /** What the handle is in the other mode of the business, where it can be one there. */
  inOtherMode?: { businessId: string; contactId: string } | undefined;
}

/** A draft as far as it is known before its template is: what a template is for is loaded with everything else. */
export type AnnouncedDraft = Pick<AskedDraft, 'businessId' | 'contactId' | 'inOtherMode'> & {
  mayBeMarketing: boolean;
};

/** A contact as loaded, and as a batch changes it. */
export interface SendingContact extends ContactFacts {
  lane: number;
  contactId: string;
  businessId: string;
  personId: string;
  contentSalt: Buffer | null;
  /** Whether anything is kept of it already: its first message, in either direction, or a block begins that. */
  isKept: boolean;
  lastSeq: number;
  pairTat: Date | null;
  reachTakenAt: Date | null;
  lastInboundAt: Date | null;
}

/** What a contact has used of the limits of sending. */
export type LimitsOfContact = Pick<SendingContact, 'pairTat' | 'reachTakenAt'>;

/** A business as loaded, and as a batch changes it. */
export interface SendingBusiness extends BusinessFacts {
  businessId: string;
  reach: BusinessReach;
  /** As configured for its tier. */
  throughput: Throughput;
  throughputTat: number | null;
}

/** Everything that drafts are decided on, of one moment. */
export interface Situation {
  now: Date;
  pairLimit: PairLimit;
  marketing: MarketingLimits;
  pacing: Pacing;
  validity: Validity;
  contacts: Map<string, SendingContact>;
  /** Ids of contacts whose person is gone. */
  gone: Set<string>;
  /** Ids of contacts of the other mode of the business that named them. */
  ofOtherMode?: ReadonlySet<string>;
  businesses: Map<string, SendingBusiness>;
}

/** Whose message it is; the contact is undefined where the business has no such one, or nobody is behind it. */
export interface Parties {
  business: SendingBusiness;
  contact: SendingContact | undefined;
}

/** @throws Error for a business that was not loaded */
export function partiesOf({ businessId, contactId }: AskedDraft, situation: Situation): Parties {
  const business = situation.businesses.get(businessId);
  if (!business) throw new Error('A business was not loaded');
  return { business, contact: contactId === undefined ? undefined : situation.contacts.get(contactId) };
}

/** What one draft is decided on. */
export function factsOf(
  { contactId, inOtherMode }: AskedDraft,
  { business, contact }: Parties,
  situation: Situation,
): SendingFacts {
  const { reach, throughput, throughputTat } = business;
  return {
    now: situation.now,
    business,
    contact,
    gone: contactId !== undefined && situation.gone.has(contactId),
    ofOtherMode: inOtherMode !== undefined && (situation.ofOtherMode?.has(inOtherMode.contactId) ?? false),
    marketing: situation.marketing,
    pairLimit: situation.pairLimit,
    pairTat: contact?.pairTat ?? null,
    reach,
    reachTakenAt: contact?.reachTakenAt ?? null,
    lastInboundAt: contact?.lastInboundAt ?? null,
    throughput,
    throughputTat,
    pacing: situation.pacing,
    validity: situation.validity,
  };
}

/** What a message got of the limits. */
export interface SpentLimits {
  takesPlace: boolean;
  /** Its slot, where that is later than now. */
  notBefore: Date | null;
}

/** What an accepted message got of the limits, and of the sample of its template. */
export type Spent = SpentLimits & SpentSample;

/**
 * Spends on the situation, in place, what a message takes that is accepted, so that the next one sees what is left. What is
 * scheduled spends all of it when it goes.
 */
export function spend(
  draft: Draft,
  decision: Decision,
  { business, contact }: { business: SendingBusiness; contact: SendingContact },
  facts: SendingFacts,
): Spent {
  if (draft.sendAt) return NOTHING;
  const goesAt = decision.outcome === 'DEFERRED' ? decision.until : facts.now;
  return { ...spendLimits(business, contact, facts), ...spendSample(draft, facts, goesAt) };
}

const NOTHING: Spent = { takesPlace: false, notBefore: null, pacedUntil: null, sample: null };

/** Spends in place what a message takes of the limits as it goes. */
export function spendLimits(
  business: SendingBusiness,
  contact: LimitsOfContact,
  facts: SendingFacts,
): SpentLimits {
  const { now, pairTat, throughputTat } = facts;
  const pair = judgePair(pairLimitAt(facts, now), pairTat, now);
  if (pair.passes) contact.pairTat = pair.tat;
  const place = judgeReachAt(facts, now);
  const takesPlace = place.passes && place.takesPlace;
  if (takesPlace) {
    contact.reachTakenAt = now;
    takePlace(business.reach, now);
  }
  const slot = nextSlot(throughputAt(facts, now), throughputTat, now);
  business.throughputTat = slot.tat;
  return { takesPlace, notBefore: slot.at > now ? slot.at : null };
}
