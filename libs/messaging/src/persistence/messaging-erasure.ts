import { Injectable } from '@nestjs/common';
import type { ErasedPerson, ErasesPerson, StoreErasure, Transaction } from '@assent/platform';
import { SuppressQueued } from './suppress-queued.js';

const MESSAGES = {
  store: 'messages of businesses',
  what: 'KEPT',
  why: 'Id, direction, purpose, status and times belong to the business that sent or received it, and are its record of what it did. Content, person and contact are gone from it.',
} as const;

/** A person's messages and inbox. In the role `eraser`. */
@Injectable()
export class MessagingErasure implements ErasesPerson {
  constructor(private readonly queued: SuppressQueued) {}

  /** Ends what is queued or waits, and notes the conversations whose messages are to be emptied. Before the contacts are cut off. */
  async end(tx: Transaction, { lane, personId, erasureId, at }: ErasedPerson): Promise<StoreErasure[]> {
    const suppressed = await this.queued.end(tx, { lane, personId }, 'CONTACT_GONE', at);
    const remove = (table: string) =>
      tx.run({ text: `DELETE FROM ${table} WHERE lane = $1 AND person_id = $2`, values: [lane, personId] });
    const [preferences, seen, reviews, handOffs, conversations] = await Promise.all([
      remove('person_preference'),
      remove('marketing_seen'),
      remove('stop_review'),
      remove('hand_off'),
      // Waits for staff who are at work in one of them; nothing is written in it afterwards.
      tx.run({
        text: `DELETE FROM conversation t USING contact c
          WHERE c.lane = $1 AND c.person_id = $2 AND t.lane = c.lane AND t.contact_id = c.id`,
        values: [lane, personId],
      }),
      remove('conversation_queue'),
      tx.run({
        text: `INSERT INTO erasure_conversation (lane, erasure_id, contact_id)
          SELECT lane, $3, id FROM contact WHERE lane = $1 AND person_id = $2`,
        values: [lane, personId, erasureId],
      }),
    ]);
    return [
      { store: 'queued messages', what: 'DELETED', rows: suppressed },
      { store: 'preferences', what: 'DELETED', rows: preferences },
      { store: 'times of marketing seen', what: 'DELETED', rows: seen },
      { store: 'messages handed to carriers', what: 'DELETED', rows: handOffs },
      { store: 'stops in review', what: 'DELETED', rows: reviews },
      { store: 'conversations of staff', what: 'DELETED', rows: conversations },
      { ...MESSAGES, rows: 0 },
      {
        store: 'events of businesses',
        what: 'KEPT',
        rows: 0,
        why: 'What became of its messages, as a business follows it, until it ages out. No content, no person.',
      },
      {
        store: 'idempotency',
        what: 'KEPT',
        rows: 0,
        why: 'Keyed hashes of requests and the ids of messages, for 7 days, so that a request that is repeated is answered as before.',
      },
    ];
  }

  /** One conversation at a time: its messages are emptied, then its state goes; at last the inbox. */
  async sweep(tx: Transaction, person: ErasedPerson, limit: number): Promise<StoreErasure[]> {
    const { lane, personId, erasureId } = person;
    const [conversation] = await tx.rows<{ contact_id: string }>({
      text: 'SELECT contact_id FROM erasure_conversation WHERE lane = $1 AND erasure_id = $2 LIMIT 1',
      values: [lane, erasureId],
    });
    if (conversation) return this.sweepConversation(tx, person, conversation.contact_id, limit);
    const entries = await tx.run({
      text: `DELETE FROM inbox_entry e USING (
          SELECT inbox_seq, message_id FROM inbox_entry WHERE lane = $1 AND person_id = $2 ORDER BY inbox_seq LIMIT $3
        ) batch
        WHERE e.lane = $1 AND e.person_id = $2 AND e.inbox_seq = batch.inbox_seq AND e.message_id = batch.message_id`,
      values: [lane, personId, limit],
    });
    return entries > 0 ? [{ store: 'inbox', what: 'DELETED', rows: entries }] : [];
  }

  private async sweepConversation(
    tx: Transaction,
    { lane, erasureId }: ErasedPerson,
    contactId: string,
    limit: number,
  ): Promise<StoreErasure[]> {
    const messages = await tx.run({
      text: `UPDATE message m SET content = '', person_id = NULL, contact_id = NULL
        FROM (SELECT id FROM message WHERE lane = $1 AND contact_id = $2 ORDER BY seq LIMIT $3) batch
        WHERE m.lane = $1 AND m.id = batch.id`,
      values: [lane, contactId, limit],
    });
    if (messages === limit) return contentsOf(messages);
    const reactions = await tx.run({
      text: `DELETE FROM reaction r USING (
          SELECT message_id, side FROM reaction WHERE lane = $1 AND contact_id = $2 LIMIT $3
        ) batch
        WHERE r.lane = $1 AND r.message_id = batch.message_id AND r.side = batch.side`,
      values: [lane, contactId, limit],
    });
    const swept = [
      ...contentsOf(messages),
      { store: 'reactions', what: 'DELETED', rows: reactions } as const,
    ];
    if (reactions === limit) return swept;
    const [notes] = await Promise.all([
      tx.run({
        text: 'DELETE FROM conversation_note WHERE lane = $1 AND contact_id = $2',
        values: [lane, contactId],
      }),
      tx.run({
        text: 'DELETE FROM contact_state WHERE lane = $1 AND contact_id = $2',
        values: [lane, contactId],
      }),
      tx.run({
        text: 'DELETE FROM erasure_conversation WHERE lane = $1 AND erasure_id = $2 AND contact_id = $3',
        values: [lane, erasureId, contactId],
      }),
    ]);
    return [
      ...swept,
      { store: 'notes of staff', what: 'DELETED', rows: notes },
      { store: 'states of conversations', what: 'DELETED', rows: 1 },
    ];
  }
}

function contentsOf(messages: number): StoreErasure[] {
  return [
    { store: 'message contents', what: 'DELETED', rows: messages },
    { ...MESSAGES, rows: messages },
  ];
}
