import { Injectable } from '@nestjs/common';
import { laneOf, type Transaction } from '@assent/platform';

/** A message that another one is to answer, and the conversation that it must be of. */
export interface AskedReply {
  messageId: string;
  contactId: string;
}

/** Messages that others answer. */
@Injectable()
export class ReplyStore {
  /**
   * Which of these messages are of these contacts of theirs, and visible to both sides; in the role `engine`. No lock: a
   * message stays in its conversation, and visible.
   */
  async known(tx: Transaction, asked: readonly AskedReply[]): Promise<Set<string>> {
    if (asked.length === 0) return new Set();
    const rows = await tx.rows<{ id: string }>({
      name: 'reply-known',
      text: `SELECT m.id FROM unnest($1::smallint[], $2::uuid[], $3::uuid[]) AS asked (lane, id, contact_id)
        JOIN message m ON m.lane = asked.lane AND m.id = asked.id AND m.contact_id = asked.contact_id
        WHERE m.direction = 'INBOUND' OR m.dispatched_at IS NOT NULL`,
      values: [
        asked.map(({ messageId }) => laneOf(messageId)),
        asked.map(({ messageId }) => messageId),
        asked.map(({ contactId }) => contactId),
      ],
    });
    return new Set(rows.map(({ id }) => id));
  }
}
