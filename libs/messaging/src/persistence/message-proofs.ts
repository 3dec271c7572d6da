import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { KeyRing, type MacKey } from '@assent/platform';
import { type MessageWords, PROOF_BYTES } from '../domain/content.js';
import { type MessageParties, provenText } from '../domain/proven-message.js';

/** Proofs are with devices for years, so they stay on the first key version for ever. */
const VERSION = 1;

/**
 * Makes the proof that goes, sealed, with each message of a business: HMAC-SHA-256, cut to 128 bits, under a key that only the
 * platform has. Nobody else can make one, so it vouches for what was sent; and as nobody can guess it, it is the key of the
 * commitment that a report makes public (ADR 47).
 */
@Injectable()
export class MessageProofs {
  private readonly key: MacKey;

  constructor(keys: KeyRing) {
    this.key = keys.macKey('message-proof', VERSION);
  }

  of(id: string, parties: MessageParties, words: MessageWords): Buffer {
    return this.key.of(provenText(id, parties, words)).subarray(0, PROOF_BYTES);
  }

  /** Whether this is what the proof was made of. */
  holds(proof: Buffer, id: string, parties: MessageParties, words: MessageWords): boolean {
    return proof.length === PROOF_BYTES && timingSafeEqual(proof, this.of(id, parties, words));
  }
}
