import type { KeyRing } from './key-ring.js';
import type { SealedColumn } from './sealed-column.js';
import { open, seal } from './sealing.js';

type Place = Pick<SealedColumn, 'use' | 'place'>;

/** Seals bytes for a row of a column under the newest key, bound to where they stand. @param key the row's primary key, in order */
export function sealIn(
  keys: KeyRing,
  { use, place }: Place,
  plain: string | Buffer,
  ...key: string[]
): Buffer {
  const version = keys.current;
  return seal({ version, key: keys.derive(use, version) }, plain, place(...key));
}

/** @throws when the bytes are not those sealed for this row */
export function openFrom(keys: KeyRing, { use, place }: Place, sealed: Buffer, ...key: string[]): Buffer {
  return open((version) => keys.derive(use, version), sealed, place(...key));
}
