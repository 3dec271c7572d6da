import { Injectable } from '@nestjs/common';
import { Database, laneOf, type Statement, type Transaction, unseen } from '@assent/platform';
import type {
  DeliveredBy,
  MessageDirection,
  MessagePurpose,
  MessageStatus,
  StoredMessage,
} from '../domain/message.js';
import { seqBefore } from './seq-before.js';

interface MessageRow {
  id: string;
  contact_id: string | null;
  direction: MessageDirection;
  purpose: MessagePurpose | null;
  status: MessageStatus;
  reason: string | null;
  idempotency_key: string | null;
  accepted_at: Date;
  dispatched_at: Date | null;
  delivered_at: Date | null;
  delivered_by: DeliveredBy | null;
  read_at: Date | null;
  ended_at: Date | null;
  send_at: Date | null;
  expires_at: Date | null;
  deferred_until: Date | null;
  deferred_because: string | null;
  template_id: string | null;
  template_version_id: string | null;
  template_language: string | null;
  reply_to: string | null;
  content_suite: number;
  content: Buffer;
  content_salt: Buffer | null;
}

const COLUMNS = `m.id, m.contact_id, m.direction, m.purpose, m.status, m.reason, m.idempotency_key, m.accepted_at, m.dispatched_at,
  m.delivered_at, m.delivered_by, m.read_at, m.ended_at, m.send_at, m.expires_at,
  coalesce(w.until, queued.until) AS deferred_until,
  CASE WHEN w.until IS NOT NULL THEN w.reason WHEN queued.until IS NULL THEN NULL
    WHEN m.send_at IS NULL THEN 'THROUGHPUT' ELSE 'SCHEDULED' END AS deferred_because,
  m.template_id, m.template_version_id, m.template_language, m.reply_to, m.content_suite, m.content, c.content_salt`;
const JOINED = `LEFT JOIN contact c ON c.lane = m.lane AND c.id = m.contact_id
  LEFT JOIN message_wait w ON w.lane = m.lane AND w.message_id = m.id
  LEFT JOIN LATERAL (SELECT least(m.send_at, m.not_before) AS until
    WHERE m.status = 'ACCEPTED' AND least(m.send_at, m.not_before) > (SELECT assent_now())) queued ON true`;
const FROM = `FROM message m ${JOINED}`;
/** No message comes after it. */
const BEHIND_ALL = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
const ASKED = `unnest(${unseen(2, 'smallint')}, ${unseen(3, 'uuid')}) AS asked (lane, id)`;

/** A business's own messages. */
@Injectable()
export class MessageStore {
  constructor(private readonly database: Database) {}

  /** Messages by id; those that are not of this business are left out. */
  async byIds(businessId: string, ids: readonly string[]): Promise<StoredMessage[]> {
    const rows = await this.database.rows<MessageRow>(
      { role: 'business', businessId },
      {
        name: 'message-by-ids',
        text: `SELECT ${COLUMNS} FROM ${ASKED}
          JOIN message m ON m.lane = asked.lane AND m.id = asked.id
          ${JOINED}
          WHERE m.business_id = $1`,
        values: [businessId, ids.map(laneOf), ids],
      },
    );
    return rows.map(toStoredMessage);
  }

  /** Newest first, before a message; of one contact where one is given. */
  async page(
    businessId: string,
    contactId: string | null,
    before: string | null,
    limit: number,
  ): Promise<StoredMessage[]> {
    const statement: Statement =
      contactId === null
        ? {
            name: 'message-page',
            text: `SELECT ${COLUMNS} ${FROM} WHERE m.business_id = $1 AND m.id < $2 ORDER BY m.id DESC LIMIT $3`,
            values: [businessId, before ?? BEHIND_ALL, limit],
          }
        : {
            name: 'message-page-of-contact',
            text: `SELECT ${COLUMNS} ${FROM} WHERE m.business_id = $1 AND m.lane = $2 AND m.contact_id = $3
                AND m.seq < ${seqBefore('$2', '$4', '$3')}
              ORDER BY m.seq DESC LIMIT $5`,
            values: [businessId, laneOf(contactId), contactId, before, limit],
          };
    return (await this.database.rows<MessageRow>({ role: 'business', businessId }, statement)).map(
      toStoredMessage,
    );
  }

  /** When each of these contacts last wrote, where they did; and what time it is. */
  lastInbound(
    businessId: string,
    contactIds: readonly string[],
  ): Promise<{ contactId: string; at: Date; now: Date }[]> {
    return this.database.rows(
      { role: 'business', businessId },
      {
        name: 'message-last-inbound',
        text: `SELECT s.contact_id AS "contactId", s.last_inbound_at AS at, assent_now() AS now
          FROM ${ASKED}
          JOIN contact_state s ON s.lane = asked.lane AND s.contact_id = asked.id
          WHERE s.business_id = $1 AND s.last_inbound_at IS NOT NULL`,
        values: [businessId, contactIds.map(laneOf), contactIds],
      },
    );
  }

  /**
   * Makes what people wrote READ, in the business's own role, which can do no more. The caller holds the conversations.
   * @returns those that were not
   */
  markRead(
    tx: Transaction,
    businessId: string,
    ids: readonly string[],
  ): Promise<{ id: string; contactId: string }[]> {
    return tx.rows<{ id: string; contactId: string }>({
      text: `UPDATE message m SET status = 'READ', read_at = (SELECT assent_now())
        FROM unnest($2::smallint[], $3::uuid[]) AS asked (lane, id)
        WHERE m.lane = asked.lane AND m.id = asked.id AND m.business_id = $1 AND m.direction = 'INBOUND'
          AND m.status = 'DELIVERED'
        RETURNING m.id, m.contact_id AS "contactId"`,
      values: [businessId, ids.map(laneOf), ids],
    });
  }
}

function toStoredMessage(row: MessageRow): StoredMessage {
  return {
    id: row.id,
    contactId: row.contact_id,
    direction: row.direction,
    purpose: row.purpose,
    status: row.status,
    reason: row.reason,
    idempotencyKey: row.idempotency_key,
    acceptedAt: row.accepted_at,
    dispatchedAt: row.dispatched_at,
    deliveredAt: row.delivered_at,
    deliveredBy: deliveredBy(row),
    readAt: row.read_at,
    endedAt: row.ended_at,
    sendAt: row.send_at,
    expiresAt: row.expires_at,
    deferral:
      row.deferred_until !== null && row.deferred_because !== null
        ? { until: row.deferred_until, reason: row.deferred_because }
        : null,
    template:
      row.template_id !== null && row.template_version_id !== null && row.template_language !== null
        ? { id: row.template_id, versionId: row.template_version_id, language: row.template_language }
        : null,
    replyTo: row.reply_to,
    content: {
      suite: row.content_suite,
      bytes: row.content,
      contactId: row.contact_id,
      contentSalt: row.content_salt,
    },
  };
}

function deliveredBy({ direction, delivered_at, delivered_by }: MessageRow): DeliveredBy | null {
  return direction === 'OUTBOUND' && delivered_at ? (delivered_by ?? 'IN_APP') : null;
}
