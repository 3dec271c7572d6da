import { Injectable } from '@nestjs/common';
import type { PersonKey, Transaction } from '@assent/platform';
import {
  hashOver,
  type HashedSubtree,
  type LeafRange,
  type Subtree,
  subtreesOf,
} from '../domain/merkle-tree.js';
import { EMPTY_ROOT, nodeHash } from './log-hashes.js';
import { SEALED_EVENT, type SealedEvent, type SealedEventRow, toSealedEvent } from './sealed-event.js';

/** An entry of the queue; without an event where that was erased, or has its leaf already. */
export interface Queued extends PersonKey {
  turn: number;
  event: SealedEvent | undefined;
}

/** A signed checkpoint. */
export interface Checkpoint {
  size: number;
  note: string;
  at: Date;
}

/** An event and the leaf that it is, once it has one. */
export interface LoggedEvent {
  event: SealedEvent;
  leaf: number | null;
}

type Maybe<Row> = { [Column in keyof Row]: Row[Column] | null };
type QueueRow = Maybe<SealedEventRow> & {
  turn: number;
  lane: number;
  person_id: string;
  leaf_index: number | null;
};

/** The tree over all events, the events that wait for their leaf, and the checkpoints. */
@Injectable()
export class ConsentLogStore {
  /**
   * Makes this transaction the only one that extends the log, or returns false. A lock that ends with the transaction, in
   * a statement of its own: whatever is read together with a lock is as of before it was granted.
   */
  async takeTurn(tx: Transaction): Promise<boolean> {
    const [row] = await tx.rows<{ taken: boolean }>({
      text: `SELECT pg_try_advisory_xact_lock(hashtext('assent_consent_log')) AS taken`,
    });
    return row?.taken ?? false;
  }

  /** How many leaves there are. */
  async size(tx: Transaction): Promise<number> {
    const [row] = await tx.rows<{ size: number }>({
      text: 'SELECT coalesce(max(index) + 1, 0) AS size FROM consent_log_node WHERE level = 0',
    });
    return row?.size ?? 0;
  }

  /** The next events of the queue, in the order in which their leaves come. */
  async queued(tx: Transaction, limit: number): Promise<Queued[]> {
    const rows = await tx.rows<QueueRow>({
      text: `SELECT q.turn, q.lane, q.person_id, p.leaf_index, ${SEALED_EVENT}
        FROM (SELECT * FROM consent_log_queue ORDER BY turn LIMIT $1) q
        LEFT JOIN consent_event e ON e.lane = q.lane AND e.person_id = q.person_id AND e.id = q.event_id
        LEFT JOIN consent_log_position p ON p.lane = q.lane AND p.person_id = q.person_id AND p.event_id = q.event_id
        ORDER BY q.turn`,
      values: [limit],
    });
    return rows.map(({ turn, lane, person_id, leaf_index, ...row }) => ({
      turn,
      lane,
      personId: person_id,
      event: isEvent(row) && leaf_index === null ? toSealedEvent(person_id, row) : undefined,
    }));
  }

  /** Takes entries off the queue. */
  async unqueue(tx: Transaction, entries: readonly Queued[]): Promise<void> {
    await tx.run({
      text: 'DELETE FROM consent_log_queue WHERE turn = ANY ($1)',
      values: [entries.map(({ turn }) => turn)],
    });
  }

  /** Adds complete subtrees. Of two that add the same one, one fails: the log can not fork in here. */
  async add(tx: Transaction, subtrees: readonly HashedSubtree<Buffer>[]): Promise<void> {
    await tx.run({
      text: `INSERT INTO consent_log_node (level, index, hash)
        SELECT * FROM unnest($1::smallint[], $2::bigint[], $3::bytea[])`,
      values: [
        subtrees.map(({ level }) => level),
        subtrees.map(({ index }) => index),
        subtrees.map(({ hash }) => hash),
      ],
    });
  }

  /** Remembers which leaves these events are. */
  async place(tx: Transaction, events: readonly (PersonKey & { id: string; leaf: number })[]): Promise<void> {
    await tx.run({
      text: `INSERT INTO consent_log_position (lane, person_id, event_id, leaf_index)
        SELECT * FROM unnest($1::smallint[], $2::uuid[], $3::uuid[], $4::bigint[])`,
      values: [
        events.map(({ lane }) => lane),
        events.map(({ personId }) => personId),
        events.map(({ id }) => id),
        events.map(({ leaf }) => leaf),
      ],
    });
  }

  /** The complete subtrees that the first `size` leaves consist of. */
  async frontier(tx: Transaction, size: number): Promise<HashedSubtree<Buffer>[]> {
    return this.hashed(tx, subtreesOf({ from: 0, to: size }));
  }

  /** The hashes over ranges of leaves, all in one statement. */
  async hashes(tx: Transaction, ranges: readonly LeafRange[]): Promise<Buffer[]> {
    const parts = ranges.map(subtreesOf);
    const hashed = (await this.hashed(tx, parts.flat())).map(({ hash }) => hash);
    return parts.map(({ length }) => hashOver(hashed.splice(0, length), nodeHash) ?? EMPTY_ROOT);
  }

  /** The newest checkpoint. */
  async newest(tx: Transaction): Promise<Checkpoint | undefined> {
    const [row] = await tx.rows<{ size: number; note: string; at: Date }>({
      text: 'SELECT size, note, at FROM consent_log_checkpoint ORDER BY size DESC LIMIT 1',
    });
    return row;
  }

  /** The checkpoints of trees larger than `above` (null: of any) and not larger than `upTo`, smallest first. */
  async checkpoints(
    tx: Transaction,
    above: number | null,
    upTo: number,
    limit: number,
  ): Promise<Checkpoint[]> {
    return tx.rows<{ size: number; note: string; at: Date }>({
      text: `SELECT size, note, at FROM consent_log_checkpoint
        WHERE ($1::bigint IS NULL OR size > $1) AND size <= $2 ORDER BY size LIMIT $3`,
      values: [above, upTo, limit],
    });
  }

  async addCheckpoint(tx: Transaction, { size, note, at }: Checkpoint): Promise<void> {
    await tx.run({
      text: 'INSERT INTO consent_log_checkpoint (size, note, at) VALUES ($1, $2, $3)',
      values: [size, note, at],
    });
  }

  /** How many events a person's ledger has. */
  async countEvents(tx: Transaction, { lane, personId }: PersonKey): Promise<number> {
    const [row] = await tx.rows<{ consent_seq: number }>({
      text: 'SELECT consent_seq FROM person_guard WHERE lane = $1 AND person_id = $2',
      values: [lane, personId],
    });
    return row?.consent_seq ?? 0;
  }

  /** A person's events behind one, in their order, with their leaves. */
  async eventsAfter(
    tx: Transaction,
    { lane, personId }: PersonKey,
    seq: number,
    limit: number,
  ): Promise<LoggedEvent[]> {
    const rows = await tx.rows<SealedEventRow & { leaf_index: number | null }>({
      text: `SELECT ${SEALED_EVENT}, p.leaf_index FROM consent_event e
        LEFT JOIN consent_log_position p ON p.lane = e.lane AND p.person_id = e.person_id AND p.event_id = e.id
        WHERE e.lane = $1 AND e.person_id = $2 AND e.seq > $3 ORDER BY e.seq LIMIT $4`,
      values: [lane, personId, seq, limit],
    });
    return rows.map((row) => ({ event: toSealedEvent(personId, row), leaf: row.leaf_index }));
  }

  /** An event of a person, with its leaf. */
  async event(tx: Transaction, { lane, personId }: PersonKey, id: string): Promise<LoggedEvent | undefined> {
    const [row] = await tx.rows<SealedEventRow & { leaf_index: number | null }>({
      text: `SELECT ${SEALED_EVENT}, p.leaf_index FROM consent_event e
        LEFT JOIN consent_log_position p ON p.lane = e.lane AND p.person_id = e.person_id AND p.event_id = e.id
        WHERE e.lane = $1 AND e.person_id = $2 AND e.id = $3`,
      values: [lane, personId, id],
    });
    return row && { event: toSealedEvent(personId, row), leaf: row.leaf_index };
  }

  /**
   * The leaves of a range, each with its event unless that was erased. The range is said of both tables, so that no plan
   * reads all positions for one page.
   */
  async leaves(
    tx: Transaction,
    { from, to }: LeafRange,
  ): Promise<{ hash: Buffer; event: SealedEvent | undefined }[]> {
    const rows = await tx.rows<Maybe<SealedEventRow> & { leaf_hash: Buffer; person_id: string | null }>({
      text: `SELECT n.hash AS leaf_hash, p.person_id, ${SEALED_EVENT} FROM consent_log_node n
        LEFT JOIN consent_log_position p ON p.leaf_index = n.index AND p.leaf_index >= $1 AND p.leaf_index < $2
        LEFT JOIN consent_event e ON e.lane = p.lane AND e.person_id = p.person_id AND e.id = p.event_id
        WHERE n.level = 0 AND n.index >= $1 AND n.index < $2 ORDER BY n.index`,
      values: [from, to],
    });
    return rows.map(({ leaf_hash, person_id, ...row }) => ({
      hash: leaf_hash,
      event: person_id !== null && isEvent(row) ? toSealedEvent(person_id, row) : undefined,
    }));
  }

  private async hashed(tx: Transaction, subtrees: readonly Subtree[]): Promise<HashedSubtree<Buffer>[]> {
    if (subtrees.length === 0) return [];
    const rows = await tx.rows<{ hash: Buffer }>({
      text: `SELECT n.hash FROM unnest($1::smallint[], $2::bigint[]) WITH ORDINALITY AS s (level, index, nr)
        JOIN consent_log_node n ON n.level = s.level AND n.index = s.index ORDER BY s.nr`,
      values: [subtrees.map(({ level }) => level), subtrees.map(({ index }) => index)],
    });
    return subtrees.map((subtree, at) => {
      const hash = rows[at]?.hash;
      if (!hash || rows.length !== subtrees.length) throw new Error('The consent log lacks a node');
      return { ...subtree, hash };
    });
  }
}

/** A LEFT JOIN found the event; its columns are then all there. */
function isEvent<Row extends Maybe<SealedEventRow>>(row: Row): row is Row & SealedEventRow {
  return row.id !== null;
}
