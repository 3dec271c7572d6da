import { fromBase64 } from './bytes.js';
import { Failure } from './failure.js';
import { canonical, exactly, parse, text, texts, whole } from './json.js';
import { type Checkpoint, checkSignatures, type Key, openCheckpoint, readKey } from './note.js';
import { rootByInclusion } from './tree.js';

/** Names the format of proofs of erasure. */
export const ERASURE_FORMAT = 'assent-erasure-proof/1';

const CAUSES = ['REQUEST', 'NEW_POSSESSION'];
const OUTCOMES = ['DELETED', 'KEY_DESTROYED', 'KEPT'];
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** What a proof that holds says. */
export interface ErasureReport {
  id: string;
  askedAt: string;
  doneAt: string;
  /** Leaves of the log that were events of the person. */
  leaves: number;
  /** What is kept, and why. */
  kept: { store: string; why: string }[];
  /** Leaves that the checkpoint covers. */
  size: number;
  origin: string;
  /** Who signed both the proof and the checkpoint. */
  signers: Key[];
}

/** Checks a proof of erasure. @throws Failure that names what does not hold */
export function checkErasureProof(source: string, pinned: readonly Key[]): ErasureReport {
  const proof = exactly(parse(source, 'the proof'), 'the proof', [
    ...['format', 'erasure', 'stores', 'log', 'signatures'],
  ]);
  if (proof['format'] !== ERASURE_FORMAT) throw new Failure(`"format" is not ${ERASURE_FORMAT}`);
  const erasure = checkErasure(proof['erasure']);
  const kept = checkStores(proof['stores']);

  const log = exactly(proof['log'], '"log"', ['origin', 'keys', 'checkpoint', 'leaves']);
  const origin = text(log['origin'], '"log.origin"');
  const named = texts(log['keys'], '"log.keys"').map(readKey);
  const known = [...named, ...pinned];
  const checkpoint = openCheckpoint(text(log['checkpoint'], '"log.checkpoint"'), known);
  if (checkpoint.origin !== origin) throw new Failure('"log.origin" is not the log whose checkpoint this is');
  const leaves = checkLeaves(log['leaves'], checkpoint);

  const { signatures, ...unsigned } = proof;
  const body = `${origin} ${ERASURE_FORMAT}\n${canonical(unsigned)}\n`;
  const signed = checkSignatures(body, texts(signatures, '"signatures"'), known, 'the proof');
  const among = (keys: readonly Key[], key: Key) => keys.some((other) => other.text === key.text);
  const signers = (pinned.length > 0 ? pinned : named).filter(
    (key) => key.name === origin && among(signed, key) && among(checkpoint.signers, key),
  );
  if (signers.length === 0)
    throw new Failure('the proof and its checkpoint are not signed by a key that you trust');
  return { ...erasure, leaves, kept, size: checkpoint.size, origin, signers };
}

function checkErasure(value: unknown): Pick<ErasureReport, 'id' | 'askedAt' | 'doneAt'> {
  const erasure = exactly(value, '"erasure"', ['id', 'cause', 'asked_at', 'done_at', 'tombstone']);
  const time = (name: string) => {
    const at = text(erasure[name], `"erasure.${name}"`);
    if (!TIME.test(at)) throw new Failure(`"erasure.${name}" is not a time in UTC with milliseconds`);
    return at;
  };
  if (!CAUSES.includes(text(erasure['cause'], '"erasure.cause"')))
    throw new Failure(`"erasure.cause" is none of ${CAUSES.join(', ')}`);
  fromBase64(erasure['tombstone'], '"erasure.tombstone"', 32);
  const [askedAt, doneAt] = [time('asked_at'), time('done_at')];
  if (doneAt < askedAt) throw new Failure('"erasure.done_at" is before "erasure.asked_at"');
  return { id: text(erasure['id'], '"erasure.id"'), askedAt, doneAt };
}

function checkStores(value: unknown): ErasureReport['kept'] {
  if (!Array.isArray(value) || value.length === 0) throw new Failure('"stores" is not a list of stores');
  return value.flatMap((item) => {
    const { store, what, rows, why } = exactly(item, 'a store', ['store', 'what', 'rows', 'why']);
    const name = text(store, '"store" of a store');
    if (!OUTCOMES.includes(text(what, `"what" of ${name}`)))
      throw new Failure(`"what" of ${name} is none of ${OUTCOMES.join(', ')}`);
    whole(rows, `"rows" of ${name}`, 0);
    if (what !== 'KEPT') return [];
    return { store: name, why: text(why, `"why" of ${name}, which is kept,`) };
  });
}

/** Each leaf must be in the log, and each at a place of its own. @returns how many */
function checkLeaves(value: unknown, checkpoint: Checkpoint): number {
  if (!Array.isArray(value)) throw new Failure('"log.leaves" is not a list');
  let last = -1;
  for (const item of value) {
    const leaf = exactly(item, 'a leaf', ['index', 'leafHash', 'inclusionProof']);
    const index = whole(leaf['index'], '"index" of a leaf', last + 1);
    const hash = fromBase64(leaf['leafHash'], `the hash of leaf ${index}`, 32);
    const path = texts(leaf['inclusionProof'], `the proof of leaf ${index}`).map((sibling) =>
      fromBase64(sibling, `a hash in the proof of leaf ${index}`, 32),
    );
    if (!rootByInclusion(index, checkpoint.size, hash, path)?.equals(checkpoint.root))
      throw new Failure(`the proof of leaf ${index} does not lead to the root of the checkpoint`);
    last = index;
  }
  return value.length;
}
