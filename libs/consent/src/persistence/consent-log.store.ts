import { Injectable } from '@nestjs/common';
import { type LeafRange, MerkleLog } from '@assent/ledger';
import type { PersonKey, Transaction } from '@assent/platform';
import { SEALED_EVENT, type SealedEvent, type SealedEventRow, toSealedEvent } from './sealed-event.js';

/** An entry of the queue; without an event where that was erased, or has its leaf already. */
export interface Queued extends PersonKey {
  turn: number;
  event: SealedEvent | undefined;
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

/** The log over all events, and the events that wait for their leaf. */
@Injectable()
export class ConsentLogStore extends MerkleLog {
  constructor() {
    super('consent_log');
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
}

/** A LEFT JOIN found the event; its columns are then all there. */
function isEvent<Row extends Maybe<SealedEventRow>>(row: Row): row is Row & SealedEventRow {
  return row.id !== null;
}
