import { createCipheriv, createDecipheriv, type Cipheriv, type Decipheriv } from 'node:crypto';
import { BoundedCache } from '../flow/bounded-cache.js';
import type { KeyRing } from '../keys/key-ring.js';
import { decodeBase32, encodeBase32 } from './base32.js';
import { bytesToUuid, isUuid7, uuidToBytes } from './uuid7.js';

/** Prefixes of public ids. */
export type IdPrefix =
  | 'biz'
  | 'mem'
  | 'key'
  | 'ver'
  | 'adm'
  | 'dev'
  | 'ctc'
  | 'msg'
  | 'nte'
  | 'evt'
  | 'imp'
  | 'ntc'
  | 'ers'
  | 'exp'
  | 'qst'
  | 'rev'
  | 'alm'
  | 'ovr'
  | 'rtc'
  | 'rst'
  | 'rpt'
  | 'prk'
  | 'whk'
  | 'wha'
  | 'tpl'
  | 'tpv'
  | 'tpa'
  | 'med'
  | 'aud'
  | 'ksw'
  | 'prp';

/** The public form of an id that says nothing about a person: prefix, underscore, 26 letters. */
export function publicId(prefix: IdPrefix, id: string): string {
  return `${prefix}_${encodeBase32(uuidToBytes(id))}`;
}

/** The id behind a public one, or undefined where the text is none of that prefix. */
export function parsePublicId(prefix: IdPrefix, text: string): string | undefined {
  const bytes = suffix(prefix, text);
  return bytes && isUuid7(bytes) ? bytesToUuid(bytes) : undefined;
}

/**
 * Handles: ids of person-side rows as one viewer sees them. Each is the 16-byte id encrypted as one AES-256 block
 * under a key derived for that viewer, so that two businesses hold unrelated handles of the same person, and nobody
 * reads a lane or a time out of one. A block cipher on single blocks is a permutation, and every id is different, so
 * ECB's weakness, equal blocks showing as equal, does not arise.
 */
export class Handles {
  private readonly ciphers = new BoundedCache<string, { seal: Cipheriv; open: Decipheriv }>(10_000);

  constructor(private readonly keys: KeyRing) {}

  /** The handle of an id for a viewer (`business:<uuid>` or `person:<uuid>`). */
  seal(viewer: string, prefix: IdPrefix, id: string): string {
    return `${prefix}_${encodeBase32(this.cipher(viewer).seal.update(uuidToBytes(id)))}`;
  }

  /** The id behind a viewer's handle, or undefined where it is not one of theirs. */
  open(viewer: string, prefix: IdPrefix, handle: string): string | undefined {
    const bytes = suffix(prefix, handle);
    if (!bytes) return undefined;
    const id = this.cipher(viewer).open.update(bytes);
    return isUuid7(id) ? bytesToUuid(id) : undefined;
  }

  private cipher(viewer: string) {
    return this.ciphers.get(viewer, () => {
      // Handles are kept by businesses for years, so they stay on the first key version for ever.
      const key = this.keys.derive(`handle:${viewer}`, 1);
      const seal = createCipheriv('aes-256-ecb', key, null).setAutoPadding(false);
      const open = createDecipheriv('aes-256-ecb', key, null).setAutoPadding(false);
      return { seal, open };
    });
  }
}

function suffix(prefix: IdPrefix, text: string): Buffer | undefined {
  return text.startsWith(`${prefix}_`) ? decodeBase32(text.slice(prefix.length + 1)) : undefined;
}
