import { Injectable } from '@nestjs/common';
import { Database, laneOf, unseen, uuid7 } from '@assent/platform';
import { lockPerson, type PersonViewer } from '@assent/people';
import type { MessagePurpose, MessageStatus, Receipt, ReceivedMessage } from '../domain/message.js';

interface InboxRow {
  inbox_seq: number;
  id: string;
  contact_id: string;
  business_id: string;
  purpose: MessagePurpose;
  status: MessageStatus;
  dispatched_at: Date;
  delivered_at: Date | null;
  read_at: Date | null;
  reply_to: string | null;
  content_suite: number;
  content: Buffer;
  content_salt: Buffer | null;
}

/** A message whose status a receipt changed. */
export interface Acknowledged {
  id: string;
  business_id: string;
}

const COLUMNS = `e.inbox_seq, m.id, m.contact_id, m.business_id, m.purpose, m.status, m.dispatched_at, m.delivered_at,
  m.read_at, m.reply_to, m.content_suite, m.content, c.content_salt`;
const FROM = `FROM inbox_entry e
  JOIN message m ON m.lane = e.lane AND m.id = e.message_id
  JOIN contact c ON c.lane = m.lane AND c.id = m.contact_id`;
const ASKED = `unnest(${unseen(1, 'smallint')}, ${unseen(2, 'uuid')}) AS asked (lane, id)`;

/** A person's own inbox. */
@Injectable()
export class InboxStore {
  constructor(private readonly database: Database) {}

  /** Newest first, before a number of the inbox. */
  async page(
    { lane, personId }: PersonViewer,
    before: number | null,
    limit: number,
  ): Promise<ReceivedMessage[]> {
    const rows = await this.database.rows<InboxRow>(
      { role: 'person', personId },
      {
        name: 'inbox-page',
        text: `SELECT ${COLUMNS} ${FROM} WHERE e.lane = $1 AND e.person_id = $2 AND e.inbox_seq < $3
          ORDER BY e.inbox_seq DESC LIMIT $4`,
        values: [lane, personId, before ?? Number.MAX_SAFE_INTEGER, limit],
      },
    );
    return rows.map(toReceivedMessage);
  }

  /** Oldest first, after a number of the inbox. Numbers have no gaps and commit in order, so none is missed. */
  async after({ lane, personId }: PersonViewer, seq: number, limit: number): Promise<ReceivedMessage[]> {
    const rows = await this.database.rows<InboxRow>(
      { role: 'person', personId },
      {
        name: 'inbox-after',
        text: `SELECT ${COLUMNS} ${FROM} WHERE e.lane = $1 AND e.person_id = $2 AND e.inbox_seq > $3
          ORDER BY e.inbox_seq LIMIT $4`,
        values: [lane, personId, seq, limit],
      },
    );
    return rows.map(toReceivedMessage);
  }

  /** The newest number of the inbox; 0 where it is empty. */
  async newest({ lane, personId }: PersonViewer): Promise<number> {
    const [row] = await this.database.rows<{ inbox_seq: number }>(
      { role: 'person', personId },
      {
        name: 'inbox-newest',
        text: 'SELECT inbox_seq FROM person_guard WHERE lane = $1 AND person_id = $2',
        values: [lane, personId],
      },
    );
    return row?.inbox_seq ?? 0;
  }

  /**
   * Moves messages forward to DELIVERED or READ, and tells their businesses in the same transaction. A status never
   * goes back: a receipt that comes late or again changes nothing.
   * @returns the messages that moved
   */
  acknowledge(person: PersonViewer, ids: readonly string[], receipt: Receipt): Promise<Acknowledged[]> {
    const { personId } = person;
    return this.database.transaction({ role: 'person', personId }, async (tx) => {
      // What was read counts for what may be sent next, so it is written under the guard. Messages are locked in the order
      // of ids, so that two devices with the same messages do not deadlock.
      const [, , moved, now] = await Promise.all([
        receipt === 'READ' ? lockPerson(tx, person) : undefined,
        tx.run({
          name: 'inbox-lock',
          text: `SELECT FROM ${ASKED} JOIN message m ON m.lane = asked.lane AND m.id = asked.id WHERE m.person_id = $3
            ORDER BY m.id FOR NO KEY UPDATE OF m`,
          values: [ids.map(laneOf), ids, personId],
        }),
        tx.rows<AcknowledgedRow>({
          name: 'inbox-acknowledge',
          text: `UPDATE message m SET status = $4::message_status,
              delivered_at = coalesce(delivered_at, (SELECT assent_now())),
              read_at = CASE WHEN $4 = 'READ' THEN (SELECT assent_now()) END
            FROM ${ASKED}
            WHERE m.lane = asked.lane AND m.id = asked.id AND m.person_id = $3 AND m.direction = 'OUTBOUND'
              AND m.status IN ('DISPATCHED', 'DELIVERED') AND m.status < $4::message_status
            RETURNING m.lane, m.id, m.business_id, m.contact_id, m.seq`,
          values: [ids.map(laneOf), ids, personId, receipt],
        }),
        tx.now(),
      ]);
      if (moved.length > 0) {
        if (receipt === 'READ') {
          await tx.run({
            name: 'inbox-note-read',
            text: `UPDATE contact_state s SET marketing_unread = 0 FROM ${ASKED}
              WHERE s.lane = asked.lane AND s.contact_id = asked.id AND s.marketing_unread > 0`,
            values: [moved.map(({ lane }) => lane), moved.map(({ contact_id }) => contact_id)],
          });
        }
        await tx.run({
          name: 'inbox-tell',
          text: `INSERT INTO event (business_id, id, type, lane, contact_id, message_id, data, at)
            SELECT business_id, event_id, 'message.status', lane, contact_id, id,
              jsonb_build_object('status', $6::text, 'reason', NULL, 'seq', seq), $7
            FROM unnest($1::uuid[], $2::uuid[], $3::smallint[], $4::uuid[], $5::uuid[], $8::integer[])
              AS t (business_id, event_id, lane, contact_id, id, seq)`,
          values: [
            moved.map(({ business_id }) => business_id),
            moved.map(() => uuid7(now.getTime())),
            moved.map(({ lane }) => lane),
            moved.map(({ contact_id }) => contact_id),
            moved.map(({ id }) => id),
            receipt,
            now,
            moved.map(({ seq }) => seq),
          ],
        });
      }
      return moved;
    });
  }
}

interface AcknowledgedRow extends Acknowledged {
  lane: number;
  contact_id: string;
  seq: number;
}

function toReceivedMessage(row: InboxRow): ReceivedMessage {
  return {
    inboxSeq: row.inbox_seq,
    id: row.id,
    businessId: row.business_id,
    purpose: row.purpose,
    status: row.status,
    receivedAt: row.dispatched_at,
    deliveredAt: row.delivered_at,
    readAt: row.read_at,
    replyTo: row.reply_to,
    content: {
      suite: row.content_suite,
      bytes: row.content,
      contactId: row.contact_id,
      contentSalt: row.content_salt,
    },
  };
}
