import { decideSending, otherObjectionsTo } from './decide-sending.js';
import { type Deferred, type Objection, type Refused, refused } from './decision.js';
import type { Reason } from './reasons.js';
import {
  type AnnouncedDraft,
  type AskedDraft,
  factsOf,
  partiesOf,
  type SendingContact,
  type Situation,
  type Spent,
  spend,
} from './situation.js';
import { expiryOf } from './validity.js';

/** One message of a batch, as asked for. */
export interface AskedMessage extends AskedDraft {
  /** Keyed hash of business and idempotency key, in hex. */
  keyHash: string;
  /** Keyed hash of everything that the message is, in hex. */
  bodyHash: string;
}

/** A message as far as it is known before its template is: what a template is for is loaded with everything else. */
export type Announced = AnnouncedDraft & Pick<AskedMessage, 'keyHash' | 'bodyHash'>;

/** What an idempotency key answered before. */
export interface Earlier {
  bodyHash: string;
  answer: Answer;
}

/** Until when an accepted message is to wait, and why. */
export type Deferral = Omit<Deferred, 'outcome'>;

/**
 * What is answered for one message, and again whenever its key comes back. `others`: what else objected; null: that is not
 * known any more.
 */
export type Answer =
  | { accepted: true; messageId: string; at: Date; deferral: Deferral | null }
  | {
      accepted: false;
      reason: Reason;
      retryAt: Date | null;
      parameter: string | null;
      others: Objection[] | null;
    };

/** Everything a batch is decided on, loaded under the guards of its people and businesses. */
export interface BatchFacts extends Situation {
  /** By key hash. */
  earlier: Map<string, Earlier>;
}

/** What becomes of one message of a batch. */
export type Plan =
  | ({
      kind: 'ACCEPT';
      asked: AskedMessage;
      contact: SendingContact;
      seq: number;
      deferral: Deferral | null;
      expiresAt: Date;
    } & Spent)
  | { kind: 'REFUSE'; asked: AskedMessage; decision: Refused; others: Objection[] }
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

function planOne(asked: AskedMessage, situation: Situation): Plan {
  const parties = partiesOf(asked, situation);
  const facts = factsOf(asked, parties, situation);
  const decision = decideSending(asked, facts);
  const { business, contact } = parties;
  if (decision.outcome === 'REFUSED' || !contact) {
    const refusal = decision.outcome === 'REFUSED' ? decision : refused('CONTACT_UNKNOWN');
    const others = otherObjectionsTo(asked, facts, refusal.reason);
    return { kind: 'REFUSE', asked, decision: refusal, others };
  }
  const spent = spend(asked, decision, { business, contact }, facts);
  contact.lastSeq += 1;
  const deferral =
    decision.outcome === 'DEFERRED' ? { reason: decision.reason, until: decision.until } : null;
  const expiresAt = expiryOf(asked, facts);
  return { kind: 'ACCEPT', asked, contact, seq: contact.lastSeq, ...spent, deferral, expiresAt };
}
