import { ALLOWED, type Decision, type Deferred, type Objection, refused } from './decision.js';
import type { DispatchFacts, Draft } from './facts.js';
import type { Gate } from './gates/gate.js';
import type { Reason } from './reasons.js';
import { LONGEST_WAIT_MS } from './validity.js';

/** A refusal is followed through at most so many times at which some other gate refuses; more than there are gates. */
const MOST_TIMES = 50;

/**
 * Decides whether one message may go. Gates are asked in order; the first that refuses explains why, and names the
 * earliest time at which none refuses any more, facts staying as they are. A deferral does not end the asking: what
 * would be refused is refused now, not when it is due.
 */
export function decide<Facts extends DispatchFacts>(
  gates: readonly Gate<Facts>[],
  draft: Draft,
  facts: Facts,
): Decision {
  const decision = judge(gates, draft, facts);
  if (decision.outcome !== 'REFUSED' || decision.retryAt === null) return decision;
  return refused(decision.reason, passesAt(gates, draft, facts, decision.retryAt));
}

/** Every objection, each gate asked by itself, but for the reason that decided. */
export function otherObjections<Facts extends DispatchFacts>(
  gates: readonly Gate<Facts>[],
  draft: Draft,
  facts: Facts,
  decided: Reason,
): Objection[] {
  return gates.flatMap((gate) => {
    const objection = gate(draft, facts);
    return objection && objection.reason !== decided ? [objection] : [];
  });
}

/** The decision at one moment; a refusal's time is that of the gate that refuses. */
function judge<Facts extends DispatchFacts>(
  gates: readonly Gate<Facts>[],
  draft: Draft,
  facts: Facts,
): Decision {
  let wait: Deferred | undefined;
  for (const gate of gates) {
    const objection = gate(draft, facts);
    if (objection?.outcome === 'REFUSED') return objection;
    wait = later(wait, objection);
  }
  if (!wait) return ALLOWED;
  wait = waited(gates, draft, facts, wait);
  // What was accepted waits for as long as it is valid, and then ends.
  if (draft.expiresAt) return wait.until < draft.expiresAt ? wait : { ...wait, until: draft.expiresAt };
  if (wait.reason === 'THROUGHPUT') return wait; // its gate has seen to that: a slot is kept, whatever the rate is by then
  const retryAt = new Date(wait.until.getTime() - (draft.longestWaitMs ?? LONGEST_WAIT_MS));
  return facts.now < retryAt ? refused(wait.reason, retryAt) : wait;
}

/**
 * Gates that defer are asked again at the time that they name: until the earliest moment at which none of them
 * objects, and because of the last one that did.
 */
function waited<Facts extends DispatchFacts>(
  gates: readonly Gate<Facts>[],
  draft: Draft,
  facts: Facts,
  wait: Deferred,
): Deferred {
  for (;;) {
    const then = factsAt(facts, wait.until);
    const next = gates.reduce<Deferred>((last, gate) => later(last, gate(draft, then)) ?? last, wait);
    if (next === wait) return wait;
    wait = next;
  }
}

/**
 * The earliest time at which no gate refuses; null: there is none. Each gate refuses at every moment before the time
 * that it names, so whatever lies before the last of these times is refused.
 */
function passesAt<Facts extends DispatchFacts>(
  gates: readonly Gate<Facts>[],
  draft: Draft,
  facts: Facts,
  retryAt: Date,
): Date | null {
  for (let times = 0; times < MOST_TIMES; times++) {
    const decision = judge(gates, draft, factsAt(facts, retryAt));
    if (decision.outcome !== 'REFUSED') return retryAt;
    if (decision.retryAt === null || decision.retryAt <= retryAt) return null;
    ({ retryAt } = decision as { retryAt: Date });
  }
  return null;
}

/** The same facts at another time. */
export function factsAt<Facts extends DispatchFacts>(facts: Facts, now: Date): Facts {
  const { contact } = facts;
  return { ...facts, now, contact: contact && { ...contact, consent: { ...contact.consent, now } } };
}

/** Of deferrals the one that ends last, the first of those that end together. */
function later(wait: Deferred | undefined, objection: Objection | undefined): Deferred | undefined {
  if (objection?.outcome !== 'DEFERRED') return wait;
  return !wait || objection.until > wait.until ? objection : wait;
}
