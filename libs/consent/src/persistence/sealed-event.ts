import type { ConsentRecord } from '../domain/consent-event.js';
import type { EvidenceKind } from '../domain/evidence.js';

/** An event as history shows it. */
export interface LedgerEntry extends ConsentRecord {
  hash: Buffer;
}

/** An event with all that its hash and its leaf are made of. */
export interface SealedEvent extends LedgerEntry {
  salt: Buffer;
  /** Null for the first event of a person. */
  previousHash: Buffer | null;
}

/** Columns of `consent_event` that make a LedgerEntry. */
export const EVENT = `id, seq, at, actor, action, business_id, purpose, source, policy_version, evidence_kind, evidence_at,
  wording_hash, evidence_ref, hash`;

/** Columns of `consent_event e` that make a SealedEvent. */
export const SEALED_EVENT = `${EVENT.split(/,\s+/)
  .map((column) => `e.${column}`)
  .join(', ')}, e.salt, e.previous_hash`;

export type EventRow = {
  id: string;
  seq: number;
  at: Date;
  actor: ConsentRecord['actor'];
  action: ConsentRecord['action'];
  business_id: string | null;
  purpose: ConsentRecord['purpose'];
  source: string;
  policy_version: number;
  evidence_kind: EvidenceKind | null;
  evidence_at: Date | null;
  wording_hash: Buffer | null;
  evidence_ref: string | null;
  hash: Buffer;
};

export type SealedEventRow = EventRow & { salt: Buffer; previous_hash: Buffer | null };

export function toEntry(personId: string, row: EventRow): LedgerEntry {
  const { id, seq, at, actor, action, purpose, source, hash } = row;
  return {
    personId,
    id,
    seq,
    at,
    actor,
    action,
    purpose,
    source,
    hash,
    businessId: row.business_id,
    policyVersion: row.policy_version,
    evidence: row.evidence_kind &&
      row.evidence_at && {
        kind: row.evidence_kind,
        at: row.evidence_at,
        wordingHash: row.wording_hash?.toString('hex') ?? null,
        reference: row.evidence_ref,
      },
  };
}

export function toSealedEvent(personId: string, row: SealedEventRow): SealedEvent {
  return { ...toEntry(personId, row), salt: row.salt, previousHash: row.previous_hash };
}
