import { Injectable } from '@nestjs/common';
import { Database, Hints, type Transaction } from '@assent/platform';
import { checkpointText, originOf } from '../domain/checkpoint.js';
import { grow, type HashedSubtree, hashOver } from '../domain/merkle-tree.js';
import { type Checkpoint, ConsentLogStore } from '../persistence/consent-log.store.js';
import { EMPTY_ROOT, leafHash, nodeHash } from '../persistence/log-hashes.js';
import { LogSigner } from '../persistence/log-signer.js';

const MOST_EVENTS = 2_000;
/** A checkpoint is something that witnesses copy: no more than one in this time. */
const CHECKPOINT_MS = 1_000;

/** Gives committed events their leaves in the consent log, and signs its checkpoints; for the worker. */
@Injectable()
export class ExtendLog {
  constructor(
    private readonly database: Database,
    private readonly store: ConsentLogStore,
    private readonly signer: LogSigner,
    private readonly hints: Hints,
  ) {}

  /**
   * One round: up to 2,000 events, and a checkpoint where the log grew and the last one is a second old. Any number of
   * workers may call it at a time; one does it, the others return at once.
   * @returns whether more may be waiting
   */
  async execute(): Promise<boolean> {
    const { more, signed } = await this.database.transaction({ role: 'engine' }, (tx) => this.round(tx));
    if (signed) this.hints.send(['consent-log']);
    return more;
  }

  private async round(tx: Transaction): Promise<{ more: boolean; signed: boolean }> {
    if (!(await this.store.takeTurn(tx))) return { more: false, signed: false };
    const [size, queue, newest, now] = await Promise.all([
      this.store.size(tx),
      this.store.queued(tx, MOST_EVENTS),
      this.store.newest(tx),
      tx.now(),
    ]);
    this.requireOrigin(newest);
    const events = queue.flatMap(({ lane, event }) => (event ? [{ lane, event }] : []));
    const grown = size + events.length;
    const due = isDue(newest, grown, now);
    if (queue.length === 0 && !due) return { more: false, signed: false };

    const { completed, frontier } = grow(
      await this.store.frontier(tx, size),
      events.map(({ event }) => leafHash(event)),
      nodeHash,
    );
    await Promise.all([
      this.store.add(tx, completed),
      this.store.place(
        tx,
        events.map(({ lane, event }, at) => ({
          lane,
          personId: event.personId,
          id: event.id,
          leaf: size + at,
        })),
      ),
      this.store.unqueue(tx, queue),
      ...(due ? [this.store.addCheckpoint(tx, this.checkpoint(grown, frontier, now))] : []),
    ]);
    return { more: queue.length === MOST_EVENTS, signed: due };
  }

  private checkpoint(size: number, frontier: readonly HashedSubtree<Buffer>[], at: Date): Checkpoint {
    const hashes = frontier.map(({ hash }) => hash);
    const root = (hashOver(hashes, nodeHash) ?? EMPTY_ROOT).toString('base64');
    return { size, note: this.signer.note(checkpointText(this.signer.origin, { size, root })), at };
  }

  /** A log has one name for good: under another one, everybody who follows it would see a new log begin in the middle. */
  private requireOrigin(newest: Checkpoint | undefined): void {
    const origin = newest && originOf(newest.note);
    if (origin !== undefined && origin !== this.signer.origin) {
      throw new Error(
        `CONSENT_LOG_ORIGIN is ${this.signer.origin}, but this consent log has been signed as ${origin}: set it back`,
      );
    }
  }
}

function isDue(newest: Checkpoint | undefined, size: number, now: Date): boolean {
  // The first one may be that of the empty log: from then on there is something that can not be rewritten.
  if (!newest) return true;
  return size > newest.size && Math.abs(now.getTime() - newest.at.getTime()) >= CHECKPOINT_MS;
}
