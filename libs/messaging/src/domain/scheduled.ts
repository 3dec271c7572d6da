import { nextSlot, type Pacing, type PairLimit } from '@assent/limits';
import { decide, factsAt } from './decide.js';
import type { Decision } from './decision.js';
import type { DispatchFacts, Draft, SendingFacts } from './facts.js';
import { SCHEDULED_GATES } from './gates.js';
import { throughputAt } from './gates/throughput.js';
import { type LimitsOfContact, type SendingBusiness, spendLimits, type SpentLimits } from './situation.js';
import type { Validity } from './validity.js';

/** What a scheduled message spends when it goes, under the guards of its person and business. */
export interface LimitsToSpend {
  /** As of which the limits were loaded, behind the guards. */
  now: Date;
  /** One object a business, and one a contact: what one message spends, the next one sees. */
  business: SendingBusiness;
  contact: LimitsOfContact;
  pairLimit: PairLimit;
  pacing: Pacing;
  validity: Validity;
}

/**
 * Decides a scheduled message whose time has come, by the gates of dispatch and by what sending spends, which it spends in
 * place. Where it has to wait for a slot of the throughput it gets that slot, and has spent the rest.
 */
export function decideScheduled(
  draft: Draft,
  dispatch: DispatchFacts,
  limits: LimitsToSpend,
): { decision: Decision; spent?: SpentLimits } {
  const { business, contact, pairLimit, pacing, validity } = limits;
  const { reach, throughput, throughputTat } = business;
  const { pairTat, reachTakenAt } = contact;
  const sending = { pairLimit, pairTat, reach, reachTakenAt, throughput, throughputTat, pacing, validity };
  const facts: SendingFacts = { ...factsAt(dispatch, limits.now), ...sending, business };
  const decision = decide(SCHEDULED_GATES, draft, facts);
  if (decision.outcome !== 'ALLOWED' && !waitsForSlot(decision, facts)) return { decision };
  return { decision, spent: spendLimits(business, contact, facts) };
}

/** Whether a message waits for the slot that it would get now, and not until there is one near enough. */
function waitsForSlot(decision: Decision, facts: SendingFacts): boolean {
  if (decision.outcome !== 'DEFERRED' || decision.reason !== 'THROUGHPUT') return false;
  const { now, throughputTat } = facts;
  return nextSlot(throughputAt(facts, now), throughputTat, now).at.getTime() === decision.until.getTime();
}
