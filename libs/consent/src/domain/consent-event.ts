import { canonicalJson } from '@assent/ledger';
import type { ConsentScope, ConsentSubject, Standing } from './consent-fact.js';
import type { Evidence } from './evidence.js';

/** What was done about consent. LIFT takes a stop back and is no opt-in; ALLOW of a purpose is one, and does both. */
export const ConsentAction = {
  STOP: 'STOP',
  ALLOW: 'ALLOW',
  LIFT: 'LIFT',
  BLOCK: 'BLOCK',
  UNBLOCK: 'UNBLOCK',
} as const;

export type ConsentAction = keyof typeof ConsentAction;

/** Who did it. */
export const ConsentActor = {
  PERSON: 'PERSON',
  BUSINESS: 'BUSINESS',
  OPERATOR: 'OPERATOR',
  PLATFORM: 'PLATFORM',
} as const;

export type ConsentActor = keyof typeof ConsentActor;

/** The source of what a person does in their own app, where they see what they did. */
export const APP = 'app';

/** Something to be recorded. Blocks and unblocks name a business and no purpose. */
export interface ConsentChange extends ConsentScope {
  action: ConsentAction;
  actor: ConsentActor;
  /** What it came through: `app`, a keyword, an import, a link. */
  source: string;
  /** What an opt-in that was given elsewhere rests on. */
  evidence: Evidence | null;
}

/** One event of the ledger, without what makes it tamper-evident. */
export interface ConsentRecord extends ConsentChange {
  personId: string;
  id: string;
  /** Position in the person's ledger, from 1, without gaps. */
  seq: number;
  at: Date;
  policyVersion: number;
}

/** What is done, and to which scope. */
export type ScopedAction = ConsentScope & { action: ConsentAction };

/** The state that a change leaves behind: the last word on one subject in one scope. */
export function standingAfter({ action, businessId, purpose }: ScopedAction): {
  businessId: string | null;
  subject: ConsentSubject;
  standing: Standing;
} {
  const subject = action === 'BLOCK' || action === 'UNBLOCK' ? 'BLOCK' : (purpose ?? 'EVERYTHING');
  if (isStop(action)) return { businessId, subject, standing: 'STOPPED' };
  return { businessId, subject, standing: action === 'ALLOW' && purpose ? 'ALLOWED' : 'LIFTED' };
}

/** Whether an action is a refusal. */
export function isStop(action: ConsentAction): boolean {
  return action === 'STOP' || action === 'BLOCK';
}

/** From when on what a record says counts: an opt-in that was given elsewhere from when it was given. */
export function sinceOf({ at, evidence }: Pick<ConsentRecord, 'at' | 'evidence'>): Date {
  return evidence?.at ?? at;
}

/** The change that a stop of a subject is. */
export function stopOf(businessId: string | null, subject: ConsentSubject): ScopedAction {
  if (subject === 'BLOCK') return { action: 'BLOCK', businessId, purpose: null };
  return { action: 'STOP', businessId, purpose: subject === 'EVERYTHING' ? null : subject };
}

/**
 * The record as the one text that is hashed: JSON in the canonical form of RFC 8785. A record is flat and holds only
 * strings, whole numbers and null.
 */
export function canonicalRecord(record: ConsentRecord): string {
  const { action, actor, at, businessId, evidence, id, personId, policyVersion, purpose, seq, source } =
    record;
  return canonicalJson({
    action,
    actor,
    businessId,
    id,
    personId,
    policyVersion,
    purpose,
    seq,
    source,
    at: at.toISOString(),
    evidenceAt: evidence?.at.toISOString() ?? null,
    evidenceKind: evidence?.kind ?? null,
    evidenceRef: evidence?.reference ?? null,
    wordingHash: evidence?.wordingHash ?? null,
  });
}
