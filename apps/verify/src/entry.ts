import { fromBase64, sha256 } from './bytes.js';
import { Failure } from './failure.js';
import { canonical, exactly, text, whole } from './json.js';
import { hashLeaf } from './tree.js';

const NAMES = [
  'action',
  'actor',
  'at',
  'businessId',
  'evidenceAt',
  'evidenceKind',
  'evidenceRef',
  'id',
  'personId',
  'policyVersion',
  'purpose',
  'seq',
  'source',
  'wordingHash',
] as const;
const ACTIONS = ['STOP', 'ALLOW', 'LIFT', 'BLOCK', 'UNBLOCK'];
const ACTORS = ['PERSON', 'BUSINESS', 'OPERATOR', 'PLATFORM'];
/** All purposes; a record that names none is about all of them. */
export const PURPOSES = ['AUTHENTICATION', 'SERVICE', 'MARKETING', 'MATCHING', 'ADS', 'ANALYTICS'];
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const SHA256 = /^[0-9a-f]{64}$/;
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** An entry of a person's ledger: what happened, as it was recorded. */
export interface Entry {
  action: string;
  actor: string;
  at: string;
  businessId: string | null;
  evidenceAt: string | null;
  evidenceKind: string | null;
  evidenceRef: string | null;
  id: string;
  personId: string;
  policyVersion: number;
  purpose: string | null;
  seq: number;
  source: string;
  /** SHA-256 in hex. */
  wordingHash: string | null;
}

/** What binds an entry to the one before it and to the log; in base64, as it stands in files. */
export interface Seal {
  salt: unknown;
  previousHash: unknown;
  hash: unknown;
}

/** Reads an entry; what it says must be something that an entry can say. @throws Failure */
export function readEntry(value: unknown): Entry {
  const fields = exactly(value, 'the record', NAMES);
  const one = (name: string, allowed: readonly string[]) => {
    const given = text(fields[name], `"${name}" of the record`);
    if (!allowed.includes(given))
      throw new Failure(`"${name}" of the record is none of ${allowed.join(', ')}`);
    return given;
  };
  const matching = (name: string, pattern: RegExp, kind: string) => {
    const given = text(fields[name], `"${name}" of the record`);
    if (!pattern.test(given)) throw new Failure(`"${name}" of the record is not ${kind}`);
    return given;
  };
  const orNull = <Value>(name: string, read: () => Value) => (fields[name] === null ? null : read());
  const personId = matching('personId', UUID, 'a UUID');
  const seq = whole(fields['seq'], '"seq" of the record', 1);
  try {
    return {
      personId,
      seq,
      action: one('action', ACTIONS),
      actor: one('actor', ACTORS),
      at: matching('at', TIME, 'a time'),
      businessId: orNull('businessId', () => matching('businessId', UUID, 'a UUID')),
      evidenceAt: orNull('evidenceAt', () => matching('evidenceAt', TIME, 'a time')),
      evidenceKind: orNull('evidenceKind', () =>
        text(fields['evidenceKind'], '"evidenceKind" of the record'),
      ),
      evidenceRef: orNull('evidenceRef', () => text(fields['evidenceRef'], '"evidenceRef" of the record')),
      id: matching('id', UUID, 'a UUID'),
      policyVersion: whole(fields['policyVersion'], '"policyVersion" of the record', 1),
      purpose: orNull('purpose', () => one('purpose', PURPOSES)),
      source: text(fields['source'], '"source" of the record'),
      wordingHash: orNull('wordingHash', () => matching('wordingHash', SHA256, 'a SHA-256 hash in hex')),
    };
  } catch (error) {
    throw error instanceof Failure ? error.at({ person: personId, seq }) : error;
  }
}

/**
 * Checks that an entry, its salt and the hash of the one before make the hash that it holds.
 * @returns the hash of its leaf in the log. @throws Failure
 */
export function checkSeal(entry: object, seq: number, { salt, previousHash, hash }: Seal): Buffer {
  const saltBytes = fromBase64(salt, 'the salt', 32);
  const previous = previousHash === null ? Buffer.alloc(0) : fromBase64(previousHash, '"previousHash"', 32);
  const record = canonical(entry);
  if (!sha256(previous, saltBytes, record).equals(fromBase64(hash, '"hash"', 32))) {
    throw new Failure(
      'the record, its salt, its "previousHash" or its "hash" was changed: they do not fit one another',
    );
  }
  if ((seq === 1) !== (previousHash === null)) {
    throw new Failure('only the first entry of a chain has no entry before it');
  }
  return hashLeaf(sha256(saltBytes, record));
}
