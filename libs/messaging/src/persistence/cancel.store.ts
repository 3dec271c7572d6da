import { Injectable } from '@nestjs/common';
import { appendEvents, laneOf, type Transaction } from '@assent/platform';
import type { MessageStatus } from '../domain/message.js';

/** A message that its business wants to take back. */
export interface Cancellable {
  id: string;
  status: MessageStatus;
}

/** Messages that are taken back before they are dispatched. */
@Injectable()
export class CancelStore {
  /**
   * Locks the guards of the people whom these messages are for, ordered by lane and id, which dispatch and stops hold when
   * they end a message; and then, in a later statement, reads where each is. Those that are none of this business's own
   * are left out.
   */
  async lockAndLoad(tx: Transaction, businessId: string, ids: readonly string[]): Promise<Cancellable[]> {
    const asked = [businessId, ids.map(laneOf), ids];
    const [, messages] = await Promise.all([
      tx.run({
        name: 'cancel-lock-people',
        text: `SELECT FROM person_guard g JOIN (
            SELECT DISTINCT m.lane, m.person_id FROM ${ASKED}
          ) concerned ON concerned.lane = g.lane AND concerned.person_id = g.person_id
          ORDER BY g.lane, g.person_id FOR NO KEY UPDATE OF g`,
        values: asked,
      }),
      tx.rows<Cancellable>({
        name: 'cancel-load',
        text: `SELECT m.id, m.status FROM ${ASKED}`,
        values: asked,
      }),
    ]);
    return messages;
  }

  /**
   * Ends messages CANCELLED, under the guards of their people, with their events. Their conversations stay in the queue
   * until they are due, and then leave it.
   */
  async cancel(tx: Transaction, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const cancelled = await tx.rows<CancelledRow>({
      name: 'cancel-record',
      text: `WITH cancelled AS (
          UPDATE message m SET status = 'CANCELLED', ended_at = (SELECT assent_now())
          FROM unnest($1::smallint[], $2::uuid[]) AS asked (lane, id)
          WHERE m.lane = asked.lane AND m.id = asked.id AND m.status = 'ACCEPTED'
          RETURNING m.lane, m.id, m.business_id, m.contact_id, m.seq, m.ended_at
        ), gone AS (
          DELETE FROM message_wait w USING cancelled c WHERE w.lane = c.lane AND w.message_id = c.id
        )
        SELECT * FROM cancelled`,
      values: [ids.map(laneOf), ids],
    });
    await appendEvents(
      tx,
      cancelled.map(({ lane, id, business_id, contact_id, seq, ended_at }) => ({
        businessId: business_id,
        type: 'message.status',
        contact: { lane, id: contact_id },
        messageId: id,
        data: { status: 'CANCELLED', reason: null, seq },
        at: ended_at,
      })),
    );
  }
}

interface CancelledRow {
  lane: number;
  id: string;
  business_id: string;
  contact_id: string;
  seq: number;
  ended_at: Date;
}

const ASKED = `unnest($2::smallint[], $3::uuid[]) AS asked (lane, id)
  JOIN message m ON m.lane = asked.lane AND m.id = asked.id AND m.business_id = $1 AND m.direction = 'OUTBOUND'`;
