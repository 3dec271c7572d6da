import { randomBytes, randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { KeyRing } from './key-ring.js';

/** Prefixes of secrets that are shown once and stored as hashes. */
export type SecretPrefix = 'ak_live' | 'ak_test' | 'mst' | 'pst' | 'adt' | 'ert' | 'sot';

/** A new secret: prefix, 256 random bits in base64url, and six letters of checksum that secret scanners can verify. */
export function newSecret(prefix: SecretPrefix): string {
  const body = `${prefix}_${randomBytes(32).toString('base64url')}`;
  return body + checksum(body);
}

/** Whether a text has the form and the checksum of a secret with that prefix: cheap, before any look-up. */
export function looksLikeSecret(prefix: SecretPrefix, text: string): boolean {
  const body = text.slice(0, -6);
  return (
    text.length === prefix.length + 1 + 43 + 6 &&
    text.startsWith(`${prefix}_`) &&
    text.endsWith(checksum(body))
  );
}

/** What is stored of a secret: HMAC-SHA-256 with a pepper, so that a stolen table is useless without the keys. */
export function hashSecret(keys: KeyRing, secret: string): Buffer {
  return keys.mac('secret', secret, 1);
}

/** A code of six digits, evenly distributed. Short, so it always comes with an expiry and few attempts. */
export function newCode(): string {
  return randomInt(1_000_000).toString().padStart(6, '0');
}

/** What is stored of a short code; `purpose` and `subject` bind it to one use. */
export function hashCode(
  keys: KeyRing,
  purpose: 'sign-in' | 'admin-sign-in' | 'phone',
  subject: string,
  code: string,
): Buffer {
  return keys.mac(`code:${purpose}`, `${subject}\n${code}`, 1);
}

function checksum(text: string): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(text));
  return bytes.toString('base64url');
}
