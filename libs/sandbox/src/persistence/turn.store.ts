import { Injectable } from '@nestjs/common';
import type { PersonKey, Transaction } from '@assent/platform';

/** How long a worker may be at a turn before others take it. */
const LEASE = '30 seconds';

/** A message that a test person is to react to. */
export interface Turn {
  lane: number;
  messageId: string;
  /** How often it was claimed, this time included. */
  attempts: number;
}

/** The message of a turn. */
export interface TurnMessage {
  businessId: string;
  /** Null: the person is gone. */
  person: PersonKey | null;
}

/** What test persons are still to react to; in the role `engine`. */
@Injectable()
export class TurnStore {
  async add(tx: Transaction, messages: readonly { lane: number; id: string }[]): Promise<void> {
    await tx.run({
      name: 'turn-add',
      text: `INSERT INTO test_turn (lane, message_id, due_at)
        SELECT lane, id, (SELECT assent_now()) FROM unnest($1::smallint[], $2::uuid[]) AS t (lane, id)
        ON CONFLICT DO NOTHING`,
      values: [messages.map(({ lane }) => lane), messages.map(({ id }) => id)],
    });
  }

  /** Claims up to `limit` turns under a lease, longest due first, in the order of their messages. */
  async claim(tx: Transaction, limit: number): Promise<Turn[]> {
    const rows = await tx.rows<{ lane: number; message_id: string; attempts: number }>({
      name: 'turn-claim',
      text: `WITH due AS (
          SELECT lane, message_id FROM test_turn WHERE due_at <= (SELECT assent_now())
          ORDER BY due_at LIMIT $1 FOR UPDATE SKIP LOCKED
        )
        UPDATE test_turn t SET due_at = (SELECT assent_now()) + interval '${LEASE}', attempts = t.attempts + 1
        FROM due WHERE t.lane = due.lane AND t.message_id = due.message_id
        RETURNING t.lane, t.message_id, t.attempts`,
      values: [limit],
    });
    return rows
      .map(({ lane, message_id, attempts }) => ({ lane, messageId: message_id, attempts }))
      .sort((one, other) => (one.messageId < other.messageId ? -1 : 1));
  }

  async message(tx: Transaction, { lane, messageId }: Turn): Promise<TurnMessage | undefined> {
    const [row] = await tx.rows<{ business_id: string; person_id: string | null }>({
      name: 'turn-message',
      text: 'SELECT business_id, person_id FROM message WHERE lane = $1 AND id = $2',
      values: [lane, messageId],
    });
    return (
      row && {
        businessId: row.business_id,
        person: row.person_id === null ? null : { lane, personId: row.person_id },
      }
    );
  }

  async remove(tx: Transaction, { lane, messageId }: Turn): Promise<void> {
    await tx.run({
      name: 'turn-remove',
      text: 'DELETE FROM test_turn WHERE lane = $1 AND message_id = $2',
      values: [lane, messageId],
    });
  }
}
