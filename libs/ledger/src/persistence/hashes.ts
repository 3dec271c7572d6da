import { createHash } from 'node:crypto';

/** RFC 9162 keeps leaves and nodes apart by their first byte, so that no node can pass for a leaf. */
const LEAF = Buffer.of(0);
const NODE = Buffer.of(1);

/** The root of the tree without leaves. */
export const EMPTY_ROOT = createHash('sha256').digest();

/** The hash of an entry in its chain: SHA-256(hash of the one before ‖ salt ‖ canonical record). */
export function chainHash(previous: Buffer | null, salt: Buffer, record: string): Buffer {
  return createHash('sha256')
    .update(previous ?? '')
    .update(salt)
    .update(record)
    .digest();
}

/**
 * The hash of an entry's leaf, whose data is `SHA-256(salt ‖ canonical record)`. Without the salt it tells nothing about
 * the record, though records are few enough to be guessed.
 */
export function saltedLeafHash(salt: Buffer, record: string): Buffer {
  const data = createHash('sha256').update(salt).update(record).digest();
  return createHash('sha256').update(LEAF).update(data).digest();
}

/** The hash of a node, from those of its children. */
export function nodeHash(left: Buffer, right: Buffer): Buffer {
  return createHash('sha256').update(NODE).update(left).update(right).digest();
}
