import { decide, factsAt, otherObjections } from './decide.js';
import { type Decision, deferred, type Objection } from './decision.js';
import type { Draft, SendingFacts } from './facts.js';
import { SCHEDULING_GATES, SENDING_GATES } from './gates.js';
import { queueGate } from './gates/queue.js';
import { scheduleGate } from './gates/schedule.js';
import type { Reason } from './reasons.js';
import { longestWaitOf, validityOf } from './validity.js';

/**
 * What sending answers to a draft. What is scheduled is decided as of its time, as far as that is known now, but for
 * what it spends then; and again when it goes. `retryAt` is then the earliest time that it can be scheduled for. Only whether
 * there is room for it in the queue is a matter of now.
 */
export function decideSending(draft: Draft, facts: SendingFacts): Decision {
  const taken = { ...draft, longestWaitMs: longestWaitOf(validityOf(draft, facts.validity)) };
  if (!draft.sendAt) return decide(SENDING_GATES, taken, facts);
  const decision = decide(SCHEDULING_GATES, taken, factsAt(facts, draft.sendAt));
  if (decision.outcome === 'REFUSED') return decision;
  const untimely = queueGate(draft, facts) ?? scheduleGate(draft, facts);
  return untimely ?? (decision.outcome === 'ALLOWED' ? deferred('SCHEDULED', draft.sendAt) : decision);
}

/** Every objection to sending a draft, each gate asked by itself, but for the reason that decided. */
export function otherObjectionsTo(draft: Draft, facts: SendingFacts, decided: Reason): Objection[] {
  if (!draft.sendAt) return otherObjections(SENDING_GATES, draft, facts, decided);
  return [
    ...otherObjections(SCHEDULING_GATES, draft, factsAt(facts, draft.sendAt), decided),
    ...otherObjections([queueGate, scheduleGate], draft, facts, decided),
  ];
}
