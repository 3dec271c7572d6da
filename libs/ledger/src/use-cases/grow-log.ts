import type { Transaction } from '@assent/platform';
import { checkpointText, originOf } from '../domain/checkpoint.js';
import { grow, type HashedSubtree, hashOver } from '../domain/merkle-tree.js';
import { EMPTY_ROOT, nodeHash } from '../persistence/hashes.js';
import type { Checkpoint, MerkleLog } from '../persistence/merkle-log.store.js';
import type { NoteSigner } from '../persistence/note-signer.js';

/** How many entries get their leaves in one round. */
export const MOST_LEAVES = 2_000;
/** A checkpoint is something that witnesses copy: no more than one in this time. */
const CHECKPOINT_MS = 1_000;

/** What waits for leaves. */
export interface WaitingEntries {
  /** How many wait, of `MOST_LEAVES`; also those that are nothing any more. */
  length: number;
  /** Hashes of the leaves that come next, in order. */
  leaves: readonly Buffer[];
  /** Remembers which leaves these are, from the `first` on, and lets nothing of it wait any longer: statements of one round trip. */
  settle(first: number): Promise<unknown>[];
}

/**
 * One round of a log: leaves for what waits, and a checkpoint where the log grew and the last one is a second old. Any number
 * of workers may do it at a time; one does, the others return at once.
 */
export async function growLog(
  tx: Transaction,
  { log, signer }: { log: MerkleLog; signer: NoteSigner },
  waiting: () => Promise<WaitingEntries>,
): Promise<{ more: boolean; signed: boolean }> {
  if (!(await log.takeTurn(tx))) return { more: false, signed: false };
  const [size, next, newest, now] = await Promise.all([log.size(tx), waiting(), log.newest(tx), tx.now()]);
  const { length, leaves } = next;
  requireOrigin(newest, signer.origin);
  const grown = size + leaves.length;
  const due = isDue(newest, grown, now);
  if (length === 0 && !due) return { more: false, signed: false };

  const { completed, frontier } = grow(await log.frontier(tx, size), leaves, nodeHash);
  await Promise.all([
    log.addSubtrees(tx, completed),
    ...next.settle(size),
    ...(due ? [log.addCheckpoint(tx, checkpointOf(signer, grown, frontier, now))] : []),
  ]);
  return { more: length === MOST_LEAVES, signed: due };
}

function checkpointOf(
  signer: NoteSigner,
  size: number,
  frontier: readonly HashedSubtree<Buffer>[],
  at: Date,
): Checkpoint {
  const hashes = frontier.map(({ hash }) => hash);
  const root = (hashOver(hashes, nodeHash) ?? EMPTY_ROOT).toString('base64');
  return { size, note: signer.note(checkpointText(signer.origin, { size, root })), at };
}

/** A log has one name for good: under another one, everybody who follows it would see a new log begin in the middle. */
function requireOrigin(newest: Checkpoint | undefined, origin: string): void {
  const signed = newest && originOf(newest.note);
  if (signed !== undefined && signed !== origin) {
    throw new Error(
      `CONSENT_LOG_ORIGIN makes the name of this log ${origin}, but it has been signed as ${signed}: set it back`,
    );
  }
}

function isDue(newest: Checkpoint | undefined, size: number, now: Date): boolean {
  // The first one may be that of the empty log: from then on there is something that can not be rewritten.
  if (!newest) return true;
  return size > newest.size && Math.abs(now.getTime() - newest.at.getTime()) >= CHECKPOINT_MS;
}
