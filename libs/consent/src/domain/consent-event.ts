import { canonicalJson } from './canonical-json.js';
import type { ConsentScope, ConsentSubject, Standing } from './consent-fact.js';

/** What was done about consent. */
export const ConsentAction = { STOP: 'STOP', ALLOW: 'ALLOW', BLOCK: 'BLOCK', UNBLOCK: 'UNBLOCK' } as const;

export type ConsentAction = keyof typeof ConsentAction;

/** Who did it. */
export const ConsentActor = {
  PERSON: 'PERSON',
  BUSINESS: 'BUSINESS',
  OPERATOR: 'OPERATOR',
  PLATFORM: 'PLATFORM',
} as const;

export type ConsentActor = keyof typeof ConsentActor;

/** Something to be recorded. Blocks and unblocks name a business and no purpose. */
export interface ConsentChange extends ConsentScope {
  action: ConsentAction;
  actor: ConsentActor;
  /** What it came through: `app`, later a keyword, an import, a link. */
  source: string;
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

/** The state that a change leaves behind: the last word on one subject in one scope. */
export function standingAfter({ action, businessId, purpose }: Omit<ConsentChange, 'actor' | 'source'>): {
  businessId: string | null;
  subject: ConsentSubject;
  standing: Standing;
} {
  const standing = action === 'STOP' || action === 'BLOCK' ? 'STOPPED' : 'ALLOWED';
  const subject = action === 'BLOCK' || action === 'UNBLOCK' ? 'BLOCK' : (purpose ?? 'EVERYTHING');
  return { businessId, subject, standing };
}

/** The change that a stop of a subject is. */
export function stopOf(
  businessId: string | null,
  subject: ConsentSubject,
): Omit<ConsentChange, 'actor' | 'source'> {
  if (subject === 'BLOCK') return { action: 'BLOCK', businessId, purpose: null };
  return { action: 'STOP', businessId, purpose: subject === 'EVERYTHING' ? null : subject };
}

/**
 * The record as the one text that is hashed: JSON in the canonical form of RFC 8785. A record is flat and holds only
 * strings, whole numbers and null.
 */
export function canonicalRecord(record: ConsentRecord): string {
  const { action, actor, at, businessId, id, personId, policyVersion, purpose, seq, source } = record;
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
  });
}
