import { judgeConsent } from '@assent/consent';
import {
  isTimeZone,
  judgeMarketingCap,
  judgePair,
  judgeQuiet,
  judgeReach,
  zonesOfCountry,
} from '@assent/limits';
import { ALLOWED, type Decision, deferred, type Deferred, type Refused, refused } from './decision.js';
import type { DispatchFacts, Draft, PersonFacts, SendingFacts } from './facts.js';
import { capInForce } from './preferences.js';

/** One rule that a message must pass: an objection, or nothing. */
export type Gate<Facts> = (draft: Draft, facts: Facts) => Refused | Deferred | undefined;

/** A message that could become visible only later than this from now is not taken, or kept, at all. */
export const LONGEST_WAIT_MS = 30 * 24 * 60 * 60 * 1000;

/** Only a verified business may send. */
export const businessGate: Gate<DispatchFacts> = (_, { business }) => {
  if (business.status === 'SUSPENDED') return refused('BUSINESS_SUSPENDED');
  return business.status === 'VERIFIED' ? undefined : refused('BUSINESS_NOT_VERIFIED');
};

/** The contact must be one of this business, with somebody behind it. */
export const contactGate: Gate<DispatchFacts> = (_, { contact, gone }) => {
  if (contact) return undefined;
  return refused(gone ? 'CONTACT_GONE' : 'CONTACT_UNKNOWN');
};

/** A person's block and stops outrank everything but the state of the business. */
export const consentGate: Gate<DispatchFacts> = ({ purpose }, { contact }) => {
  if (!contact) return refused('CONTACT_UNKNOWN');
  const verdict = judgeConsent(purpose, contact.consent);
  if (verdict.allowed) return undefined;
  if (verdict.rule === 'BLOCKED') return refused('CONTACT_BLOCKED');
  const isMissing = verdict.rule === 'NO_OPT_IN' || verdict.rule === 'OPT_IN_EXPIRED';
  return refused(isMissing ? 'CONSENT_MISSING' : 'CONSENT_STOPPED');
};

/**
 * Quiet hours defer until they end: those that the policy has for the purpose in the person's country, and on top of
 * them, for marketing, the person's own. Whose zone is not known has quiet while it is quiet anywhere in their country,
 * and whose country is not known either, always: it is night somewhere.
 */
export const quietHoursGate: Gate<DispatchFacts> = ({ purpose }, { contact, now }) => {
  if (purpose === 'AUTHENTICATION' || !contact) return undefined;
  const { preferences } = contact.person;
  const law = contact.consent.policy.rules[purpose].quietHours;
  const own = purpose === 'MARKETING' ? preferences.quietHours : null;
  const all = [law, own].filter((hours) => hours !== null);
  if (all.length === 0) return undefined;
  const zones = zonesOf(contact.person);
  if (zones.length === 0) return refused('QUIET_HOURS');
  const verdict = judgeQuiet(
    all.map((hours) => ({ hours, zones })),
    now,
  );
  if (!verdict.quiet) return undefined;
  return verdict.until ? deferred('QUIET_HOURS', verdict.until) : refused('QUIET_HOURS');
};

/** A person's pause defers everything but what they are waiting for themselves: a code to sign in with, say. */
export const pauseGate: Gate<DispatchFacts> = ({ purpose }, { contact, now }) => {
  const until = contact?.person.preferences.pausedUntil;
  if (purpose === 'AUTHENTICATION' || !until || until <= now) return undefined;
  return deferred('PAUSED', until);
};

/** Marketing that a person may see in any 24 hours, of all businesses together. */
export const marketingCapGate: Gate<DispatchFacts> = ({ purpose }, { contact, marketingCap, now }) => {
  if (purpose !== 'MARKETING' || !contact) return undefined;
  const { preferences, marketingSeenAt } = contact.person;
  const verdict = judgeMarketingCap(capInForce(preferences, marketingCap), marketingSeenAt, now);
  if (verdict.passes) return undefined;
  return verdict.retryAt ? deferred('MARKETING_CAP', verdict.retryAt) : refused('MARKETING_CAP');
};

/** The gates that a message passes by waiting. */
const TIMING_GATES = [quietHoursGate, pauseGate, marketingCapGate];

/**
 * Asks the gates of time together: until the earliest moment at which none of them objects, each of them asked at it,
 * and because of the last one that did. Too late a moment is a refusal, until it is near enough to wait for.
 */
export const timingGate: Gate<DispatchFacts> = (draft, facts) => {
  let wait: Deferred | undefined;
  for (;;) {
    const at = { ...facts, now: wait?.until ?? facts.now };
    const objection = latest(TIMING_GATES.map((gate) => gate(draft, at)));
    if (objection?.outcome === 'REFUSED') return objection;
    if (!objection) break;
    wait = objection;
  }
  if (!wait) return undefined;
  const retryAt = new Date(wait.until.getTime() - LONGEST_WAIT_MS);
  return facts.now < retryAt ? refused(wait.reason, retryAt) : wait;
};

/** One message an interval to the same person, with a burst that is paid back. */
export const pairGate: Gate<SendingFacts> = (_, { pairLimit, pairTat, now }) => {
  const verdict = judgePair(pairLimit, pairTat, now);
  return verdict.passes ? undefined : refused('PAIR_LIMIT', verdict.retryAt);
};

/** People that a business may start to message in any 24 hours. */
export const reachGate: Gate<SendingFacts> = (_, { reach, reachTakenAt, now }) => {
  const verdict = judgeReach(reach, reachTakenAt, now);
  return verdict.passes ? undefined : refused('REACH_TIER', verdict.retryAt);
};

/** The gates that dispatch asks again, at the moment of making a message visible. */
export const DISPATCH_GATES = [businessGate, contactGate, consentGate, timingGate];

/** The gates of sending, in the order in which they are asked. */
export const SENDING_GATES: Gate<SendingFacts>[] = [...DISPATCH_GATES, pairGate, reachGate];

/**
 * Decides whether one message may go. Gates are asked in order; the first that refuses explains why. A deferral
 * does not end it: what would be refused is refused now, not when it is due.
 */
export function decide<Facts>(gates: readonly Gate<Facts>[], draft: Draft, facts: Facts): Decision {
  let decision: Decision = ALLOWED;
  for (const gate of gates) {
    const objection = gate(draft, facts);
    if (objection?.outcome === 'REFUSED') return objection;
    decision = objection ?? decision;
  }
  return decision;
}

/** A refusal before any deferral, and of deferrals the one that ends last. */
function latest(objections: (Refused | Deferred | undefined)[]): Refused | Deferred | undefined {
  return objections.reduce((last, next) => {
    if (!last || !next || last.outcome === 'REFUSED') return last ?? next;
    return next.outcome === 'REFUSED' || next.until > last.until ? next : last;
  }, undefined);
}

/** By whose clocks a person's hours are meant. A zone may have been set where zones are known that this process does not know. */
function zonesOf({ country, preferences: { timeZone } }: PersonFacts): readonly string[] {
  return timeZone !== null && isTimeZone(timeZone) ? [timeZone] : zonesOfCountry(country);
}
