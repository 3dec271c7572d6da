import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import type { KeyRing } from '@assent/platform';
import type { Json } from '../domain/canonical-json.js';
import { statementText } from '../domain/statement.js';

/** What stands before the 32-byte seed of an Ed25519 key in PKCS #8 (RFC 8410). */
const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex');
const KEY_BYTES = 32;
/** Ed25519 among the signature types of signed notes. */
const ED25519 = Buffer.of(1);

interface SigningKey {
  private: KeyObject;
  /** Type and public key. */
  public: Buffer;
  /** The first four bytes of SHA-256(name, newline, public): which key it is. */
  id: Buffer;
}

/**
 * Signs for a log, in the form of C2SP signed notes (https://c2sp.org/signed-note): with a key for each version
 * of the platform's keys, newest first, so whoever pinned an older key goes on for as long as that version is kept.
 */
export class NoteSigner {
  private readonly signers: SigningKey[];

  /** @param purpose what its keys are derived for; no other log's */
  constructor(
    keys: KeyRing,
    purpose: string,
    /** The log's name, and its keys'. */
    readonly origin: string,
  ) {
    this.signers = keys.versions.map((version) => keyOf(keys.derive(purpose, version), origin));
  }

  /** The keys that verify, newest first: `name+id+base64`. */
  get verifierKeys(): string[] {
    return this.signers.map(
      (key) => `${this.origin}+${key.id.toString('hex')}+${key.public.toString('base64')}`,
    );
  }

  /** A note: the text, which ends with a newline, an empty line, and the signatures. */
  note(text: string): string {
    return `${text}\n${this.signatures(text)
      .map((line) => `${line}\n`)
      .join('')}`;
  }

  /** Signature lines over a document of a format; no newlines in them. */
  attest(format: string, document: Record<string, Json>): string[] {
    return this.signatures(statementText(this.origin, format, document));
  }

  private signatures(text: string): string[] {
    return this.signers.map(({ private: key, id }) => {
      const signature = sign(null, Buffer.from(text), key);
      return `— ${this.origin} ${Buffer.concat([id, signature]).toString('base64')}`;
    });
  }
}

function keyOf(seed: Buffer, name: string): SigningKey {
  const key = createPrivateKey({ key: Buffer.concat([PKCS8_ED25519, seed]), format: 'der', type: 'pkcs8' });
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
  const bytes = Buffer.concat([ED25519, spki.subarray(-KEY_BYTES)]);
  const id = createHash('sha256').update(`${name}\n`).update(bytes).digest().subarray(0, 4);
  return { private: key, public: bytes, id };
}
