import { createHash } from 'node:crypto';
import { Failure } from './failure.js';

/** SHA-256 of parts put together. */
export function sha256(...parts: (Uint8Array | string)[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** The bytes of standard base64 with padding; nothing looser, so that one value has one spelling. */
export function fromBase64(text: unknown, what: string, length?: number): Buffer {
  const bytes = typeof text === 'string' ? Buffer.from(text, 'base64') : undefined;
  if (!bytes || bytes.toString('base64') !== text || (length !== undefined && bytes.length !== length)) {
    throw new Failure(`${what} is not ${length === undefined ? '' : `${length} bytes of `}base64`);
  }
  return bytes;
}
