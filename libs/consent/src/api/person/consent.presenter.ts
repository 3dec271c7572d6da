import type { Handles } from '@assent/platform';
import { type ConsentRecord, sinceOf, standingAfter } from '../../domain/consent-event.js';
import type { ConsentFact } from '../../domain/consent-fact.js';
import type { LedgerEntry } from '../../use-cases/read-consents.js';
import type { ChangePayload, Consent, ConsentEvent, ScopeKind } from './consent.types.js';

/** What a person sees of something they said. */
export function toConsent({ businessId, subject, standing, since }: ConsentFact): Consent {
  const whole = subject === 'BLOCK' || subject === 'EVERYTHING';
  return {
    businessId,
    scope: scopeOf(businessId, whole),
    purpose: whole ? null : subject,
    standing: standing === 'STOPPED' && subject === 'BLOCK' ? 'BLOCKED' : standing,
    since,
  };
}

/** What a person sees of an entry of their ledger. */
export function toConsentEvent(
  handles: Handles,
  { personId, id, seq, hash, ...entry }: LedgerEntry,
): ConsentEvent {
  return {
    ...entry,
    id: handles.seal(`person:${personId}`, 'evt', id),
    sequence: seq,
    hash: hash.toString('hex'),
  };
}

/** What a change answers. */
export function toPayload(handles: Handles, record: ConsentRecord): ChangePayload {
  return {
    consent: toConsent({ ...standingAfter(record), since: sinceOf(record) }),
    eventId: handles.seal(`person:${record.personId}`, 'evt', record.id),
  };
}

function scopeOf(businessId: string | null, whole: boolean): ScopeKind {
  if (businessId === null) return whole ? 'EVERYTHING' : 'PURPOSE';
  return whole ? 'BUSINESS' : 'BUSINESS_PURPOSE';
}
