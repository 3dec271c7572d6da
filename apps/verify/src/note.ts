import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { fromBase64, sha256 } from './bytes.js';
import { Failure } from './failure.js';

// Signed notes (https://c2sp.org/signed-note), with Ed25519 only, and checkpoints (https://c2sp.org/tlog-checkpoint).

const ED25519 = 1;
const SPKI_ED25519 = Buffer.from('302a300506032b6570032100', 'hex');
const MOST_SIGNATURES = 100;

/** A key that verifies notes. */
export interface Key {
  name: string;
  /** Eight hexadecimal digits. */
  id: string;
  /** As it is written: name+id+base64. */
  text: string;
  key: KeyObject;
}

/** What a checkpoint says. */
export interface Checkpoint {
  origin: string;
  size: number;
  root: Buffer;
}

/** Reads `name+id+base64`. @throws Failure */
export function readKey(source: string): Key {
  const [, name, id, encoded] = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(source) ?? [];
  if (!name || !id) throw new Failure(`"${source.slice(0, 100)}" is not a key of the form name+id+base64`);
  const bytes = fromBase64(encoded, `the key ${name}+${id}`, 33);
  if (bytes[0] !== ED25519) throw new Failure(`the key ${name}+${id} is not one of Ed25519`);
  if (sha256(`${name}\n`, bytes).subarray(0, 4).toString('hex') !== id) {
    throw new Failure(`the key ${name}+${id} does not fit its own id: it was changed`);
  }
  const der = Buffer.concat([SPKI_ED25519, bytes.subarray(1)]);
  return { name, id, text: source, key: createPublicKey({ key: der, format: 'der', type: 'spki' }) };
}

/**
 * Checks signature lines over a text: those of keys that we know must all hold, others are ignored.
 * @returns the keys that signed
 */
export function checkSignatures(
  signed: string,
  lines: readonly string[],
  keys: readonly Key[],
  what: string,
): Key[] {
  if (lines.length === 0 || lines.length > MOST_SIGNATURES) throw new Failure(`${what} has no signature`);
  const signers: Key[] = [];
  for (const line of lines) {
    const [, name, encoded] = /^— ([^\s+]+) ([A-Za-z0-9+/=]+)$/.exec(line) ?? [];
    if (!name) throw new Failure(`${what} has a signature line that is none`);
    const bytes = fromBase64(encoded, `a signature of ${what}`);
    const id = bytes.subarray(0, 4).toString('hex');
    const key = keys.find((known) => known.name === name && known.id === id);
    if (!key) continue;
    if (!verify(null, Buffer.from(signed), key.key, bytes.subarray(4))) {
      throw new Failure(`the signature of ${what} by ${name}+${id} is wrong`);
    }
    signers.push(key);
  }
  return signers;
}

/** Reads a checkpoint and checks its signatures. @returns the keys that signed it as well */
export function openCheckpoint(note: string, keys: readonly Key[]): Checkpoint & { signers: Key[] } {
  const end = note.lastIndexOf('\n\n');
  const signed = note.slice(0, end + 1);
  const lines = note.slice(end + 2).split('\n');
  if (end < 0 || lines.pop() !== '') throw new Failure('the checkpoint is not a signed note');
  const [, origin, size, root] = /^([^\n]+)\n(0|[1-9]\d{0,15})\n([A-Za-z0-9+/=]+)\n$/.exec(signed) ?? [];
  if (!origin) throw new Failure('the checkpoint does not consist of a name, a size and a root');
  const signers = checkSignatures(signed, lines, keys, 'the checkpoint');
  return { origin, size: Number(size), root: fromBase64(root, 'the root of the checkpoint', 32), signers };
}
