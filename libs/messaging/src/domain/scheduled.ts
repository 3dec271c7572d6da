import { nextSlot, type Pacing, type PairLimit, type TemplateSample } from '@assent/limits';
import { decide, factsAt } from './decide.js';
import type { Decision } from './decision.js';
import type { DispatchFacts, Draft, SendingFacts } from './facts.js';
import { SCHEDULED_GATES } from './gates.js';
import { pacedUntilAt, spendSample } from './gates/pacing.js';
import { throughputAt } from './gates/throughput.js';
import { type LimitsOfContact, type SendingBusiness, type Spent, spendLimits } from './situation.js';
import type { Validity } from './validity.js';

/** What a scheduled message spends when it goes, under the guards of its person and business. */
export interface LimitsToSpend {
  /** As of which the limits were loaded, behind the guards. */
  now: Date;
  /** One object a business, and one a contact: what one message spends, the next one sees. */
  business: SendingBusiness;
  contact: LimitsOfContact;
  /** Of each template that sends, by its id: of the version that it sends by now, whichever the message is of. */
  samples: ReadonlyMap<string, TemplateSample>;
  pairLimit: PairLimit;
  pacing: Pacing;
  validity: Validity;
}

/** What becomes of a scheduled message whose time has come. */
export interface ScheduledDecision {
  decision: Decision;
  /** What it spent, where it goes. */
  spent?: Spent;
  /** Until when it waits at most behind the sample of its template; undefined: it does not. */
  pacedUntil?: Date;
}

/**
 * Decides a scheduled message whose time has come, by the gates of dispatch and by what sending spends, which it spends in
 * place. Where it has to wait for a slot of the throughput it gets that slot, and has spent the rest.
 */
export function decideScheduled(
  message: Draft,
  dispatch: DispatchFacts,
  limits: LimitsToSpend,
): ScheduledDecision {
  const { business, contact, samples, pairLimit, pacing, validity } = limits;
  const { reach, throughput, throughputTat } = business;
  const { pairTat, reachTakenAt } = contact;
  const sending = { pairLimit, pairTat, reach, reachTakenAt, throughput, throughputTat, pacing, validity };
  const facts: SendingFacts = { ...factsAt(dispatch, limits.now), ...sending, business };
  const { template, templateId } = message;
  const sample = templateId ? (samples.get(templateId) ?? null) : null;
  const draft = { ...message, template: template && { ...template, sample } };
  const decision = decide(SCHEDULED_GATES, draft, facts);
  const goesAt = decision.outcome === 'ALLOWED' ? facts.now : slotOf(decision, facts);
  if (goesAt) {
    const spent = { ...spendLimits(business, contact, facts), ...spendSample(draft, facts, goesAt) };
    return { decision, spent };
  }
  const pacedUntil = decision.outcome === 'DEFERRED' ? pacedUntilAt(draft, facts) : null;
  return { decision, ...(pacedUntil && { pacedUntil }) };
}

/** The slot that a message would get now, where that is what it waits for, and not until there is one near enough. */
function slotOf(decision: Decision, facts: SendingFacts): Date | null {
  if (decision.outcome !== 'DEFERRED' || decision.reason !== 'THROUGHPUT') return null;
  const { now, throughputTat } = facts;
  const slot = nextSlot(throughputAt(facts, now), throughputTat, now).at;
  return slot.getTime() === decision.until.getTime() ? slot : null;
}
