import { Injectable } from '@nestjs/common';
import { Database, type PersonKey } from '@assent/platform';
import type {
  ConversationMessage,
  MessageDirection,
  MessagePurpose,
  MessageStatus,
} from '../domain/message.js';
import { seqBefore } from './seq-before.js';

interface ConversationRow {
  id: string;
  contact_id: string;
  direction: MessageDirection;
  purpose: MessagePurpose | null;
  status: MessageStatus;
  at: Date;
  delivered_at: Date | null;
  read_at: Date | null;
  reply_to: string | null;
  content_suite: number;
  content: Buffer;
  content_salt: Buffer | null;
}

/** A person's own conversations. */
@Injectable()
export class ConversationStore {
  constructor(private readonly database: Database) {}

  /**
   * What the person wrote to a business and what of it became visible to them, newest first, before a message. What is
   * queued or was suppressed is not there.
   */
  async page(
    { lane, personId }: PersonKey,
    businessId: string,
    before: string | null,
    limit: number,
  ): Promise<ConversationMessage[]> {
    const rows = await this.database.rows<ConversationRow>(
      { role: 'person', personId },
      {
        name: 'conversation-page',
        text: `SELECT m.id, m.contact_id, m.direction, m.purpose, m.status, m.delivered_at, m.read_at, m.reply_to, m.content_suite,
            m.content, c.content_salt, coalesce(m.dispatched_at, m.accepted_at) AS at
          FROM contact c JOIN message m ON m.lane = c.lane AND m.contact_id = c.id
          WHERE c.lane = $1 AND c.person_id = $2 AND c.business_id = $3
            AND (m.direction = 'INBOUND' OR m.dispatched_at IS NOT NULL)
            AND m.seq < ${seqBefore('$1', '$4', 'c.id')}
          ORDER BY m.seq DESC LIMIT $5`,
        values: [lane, personId, businessId, before, limit],
      },
    );
    return rows.map(toConversationMessage);
  }
}

function toConversationMessage(row: ConversationRow): ConversationMessage {
  return {
    id: row.id,
    direction: row.direction,
    purpose: row.purpose,
    status: row.status,
    at: row.at,
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
