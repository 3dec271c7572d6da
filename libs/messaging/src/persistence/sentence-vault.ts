import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { KeyRing, open, seal, type SealedColumn } from '@assent/platform';
import type { SealedSentence } from '../domain/stop-review.js';

const SALT_BYTES = 32;
const USE = 'stop-review';

export const SENTENCES_SEALED: SealedColumn = {
  table: 'stop_review',
  column: 'content',
  key: { lane: 'smallint', id: 'uuid' },
  salt: 't.content_salt',
  use: USE,
  place: (_, id) => place(id),
};

/**
 * Seals the sentences that are in review apart from their conversations: AES-256-GCM under HKDF-SHA-256(master key, the
 * row's own salt), bound to the row. So the operator can be shown these, and erasing the salt erases the text.
 */
@Injectable()
export class SentenceVault {
  constructor(private readonly keys: KeyRing) {}

  seal(id: string, text: string): SealedSentence {
    const version = this.keys.current;
    const salt = randomBytes(SALT_BYTES);
    const key = this.keys.deriveFresh(USE, salt, version);
    return { bytes: seal({ version, key }, text, place(id)), salt };
  }

  /** The text, or null where its salt was erased. */
  open(id: string, { bytes, salt }: SealedSentence): string | null {
    if (!salt) return null;
    return open((version) => this.keys.deriveFresh(USE, salt, version), bytes, place(id)).toString();
  }
}

function place(id: string): string {
  return `stop_review.content:${id}`;
}
