import { chainHash, saltedLeafHash } from '@assent/ledger';
import { canonicalRecord, type ConsentRecord } from '../domain/consent-event.js';
import type { SealedEvent } from './sealed-event.js';

/** The hash of an entry in its person's ledger. */
export function entryHash(previous: Buffer | null, salt: Buffer, record: ConsentRecord): Buffer {
  return chainHash(previous, salt, canonicalRecord(record));
}

/** The hash of an event's leaf. */
export function leafHash(event: SealedEvent): Buffer {
  return saltedLeafHash(event.salt, canonicalRecord(event));
}
