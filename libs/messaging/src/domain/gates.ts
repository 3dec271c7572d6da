import { judgeConsent } from '@assent/consent';
import { judgePair, judgeReach } from '@assent/limits';
import { ALLOWED, type Decision, type Refused, refused } from './decision.js';
import type { DispatchFacts, Draft, SendingFacts } from './facts.js';

/** One rule that a message must pass: an objection, or nothing. */
export type Gate<Facts> = (draft: Draft, facts: Facts) => Refused | undefined;

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
export const DISPATCH_GATES = [businessGate, contactGate, consentGate];

/** The gates of sending, in the order in which they are asked. */
export const SENDING_GATES: Gate<SendingFacts>[] = [...DISPATCH_GATES, pairGate, reachGate];

/** Decides whether one message may go. Gates are asked in order; the first that objects explains why. */
export function decide<Facts>(gates: readonly Gate<Facts>[], draft: Draft, facts: Facts): Decision {
  for (const gate of gates) {
    const objection = gate(draft, facts);
    if (objection) return objection;
  }
  return ALLOWED;
}
