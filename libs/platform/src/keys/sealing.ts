import { createCipheriv, createDecipheriv, createSecretKey, KeyObject } from 'node:crypto';
import { randomFromPool } from '../ids/uuid7.js';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A key with the version that sealed bytes name. */
export interface VersionedKey {
  version: number;
  /** 32 bytes. */
  key: Buffer | KeyObject;
}

/**
 * AES-256-GCM: a byte with the key's version, a nonce of 96 random bits, ciphertext, tag. `place` (table, column, row)
 * and the version are authenticated, so bytes moved elsewhere do not open.
 */
export function seal({ version, key }: VersionedKey, plain: string | Buffer, place: string): Buffer {
  const nonce = randomFromPool(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', asKeyObject(key), nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(`${version}:${place}`));
  const body = typeof plain === 'string' ? cipher.update(plain, 'utf8') : cipher.update(plain);
  cipher.final(); // a stream cipher holds nothing back
  return Buffer.concat([Buffer.of(version), nonce, body, cipher.getAuthTag()]);
}

/** Opens what `seal` made. @throws when bytes or place are not the ones that were sealed, or the key is another */
export function open(keyOf: (version: number) => Buffer | KeyObject, sealed: Buffer, place: string): Buffer {
  const version = sealed[0] ?? 0;
  const nonce = sealed.subarray(1, 1 + NONCE_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', asKeyObject(keyOf(version)), nonce, {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(Buffer.from(`${version}:${place}`));
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  return Buffer.concat([decipher.update(sealed.subarray(1 + NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
}

/** A buffer as a key costs Node more than sealing itself; making a key object of it next to nothing. */
function asKeyObject(key: Buffer | KeyObject): KeyObject {
  return key instanceof KeyObject ? key : createSecretKey(key);
}
