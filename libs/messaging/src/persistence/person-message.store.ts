import { Injectable } from '@nestjs/common';
import type { PersonKey, Transaction } from '@assent/platform';
import type { MessageDirection, MessagePurpose, MessageStatus, SealedContent } from '../domain/message.js';

/** A conversation that a person is in. */
export interface PersonConversation {
  contactId: string;
  businessId: string;
  /** Null: erased, and all that was written in it. */
  contentSalt: Buffer | null;
}

/** A message of a conversation, whatever became of it. */
export interface PersonMessage {
  id: string;
  seq: number;
  direction: MessageDirection;
  /** Null for what the person wrote. */
  purpose: MessagePurpose | null;
  status: MessageStatus;
  reason: string | null;
  acceptedAt: Date;
  dispatchedAt: Date | null;
  deliveredAt: Date | null;
  readAt: Date | null;
  endedAt: Date | null;
  replyTo: string | null;
  content: SealedContent;
}

interface Row {
  id: string;
  seq: number;
  direction: MessageDirection;
  purpose: MessagePurpose | null;
  status: MessageStatus;
  reason: string | null;
  accepted_at: Date;
  dispatched_at: Date | null;
  delivered_at: Date | null;
  read_at: Date | null;
  ended_at: Date | null;
  reply_to: string | null;
  content_suite: number;
  content: Buffer;
}

/** Everything that was ever written to a person, visible or not, and by them; in the role `person`. */
@Injectable()
export class PersonMessageStore {
  /** How many messages there are. Conversations are numbered without gaps, so nothing is counted. */
  async count(tx: Transaction, { lane, personId }: PersonKey): Promise<number> {
    const [row] = await tx.rows<{ count: number }>({
      text: `SELECT coalesce(sum(newest.seq), 0)::bigint AS count FROM contact c
        CROSS JOIN LATERAL (
          SELECT m.seq FROM message m WHERE m.lane = c.lane AND m.contact_id = c.id ORDER BY m.seq DESC LIMIT 1
        ) newest
        WHERE c.lane = $1 AND c.person_id = $2`,
      values: [lane, personId],
    });
    return row?.count ?? 0;
  }

  /** A person's conversations by business, behind that with one. */
  async conversations(
    tx: Transaction,
    { lane, personId }: PersonKey,
    afterBusiness: string | null,
    limit: number,
  ): Promise<PersonConversation[]> {
    const rows = await tx.rows<{ id: string; business_id: string; content_salt: Buffer | null }>({
      text: `SELECT id, business_id, content_salt FROM contact
        WHERE lane = $1 AND person_id = $2 AND ($3::uuid IS NULL OR business_id > $3) ORDER BY business_id LIMIT $4`,
      values: [lane, personId, afterBusiness, limit],
    });
    return rows.map(({ id, business_id, content_salt }) => {
      return { contactId: id, businessId: business_id, contentSalt: content_salt };
    });
  }

  /** The messages of a conversation behind one, in their order. */
  async messages(
    tx: Transaction,
    { lane }: PersonKey,
    { contactId, contentSalt }: PersonConversation,
    afterSeq: number,
    limit: number,
  ): Promise<PersonMessage[]> {
    const rows = await tx.rows<Row>({
      name: 'person-messages',
      text: `SELECT id, seq, direction, purpose, status, reason, accepted_at, dispatched_at, delivered_at, read_at, ended_at,
          reply_to, content_suite, content
        FROM message WHERE lane = $1 AND contact_id = $2 AND seq > $3 ORDER BY seq LIMIT $4`,
      values: [lane, contactId, afterSeq, limit],
    });
    return rows.map((row) => ({
      id: row.id,
      seq: row.seq,
      direction: row.direction,
      purpose: row.purpose,
      status: row.status,
      reason: row.reason,
      acceptedAt: row.accepted_at,
      dispatchedAt: row.dispatched_at,
      deliveredAt: row.delivered_at,
      readAt: row.read_at,
      endedAt: row.ended_at,
      replyTo: row.reply_to,
      content: { suite: row.content_suite, bytes: row.content, contactId, contentSalt },
    }));
  }

  /** A message that became visible to a person; undefined where it is none of theirs. */
  async received(
    tx: Transaction,
    { lane, personId }: PersonKey,
    id: string,
  ): Promise<
    { businessId: string; receivedAt: Date; content: SealedContent & { contactId: string } } | undefined
  > {
    const [row] = await tx.rows<{
      business_id: string;
      contact_id: string;
      dispatched_at: Date;
      content_suite: number;
      content: Buffer;
      content_salt: Buffer | null;
    }>({
      text: `SELECT m.business_id, m.contact_id, m.dispatched_at, m.content_suite, m.content, c.content_salt FROM message m
        JOIN contact c ON c.lane = m.lane AND c.id = m.contact_id
        WHERE m.lane = $1 AND m.id = $2 AND m.person_id = $3 AND m.direction = 'OUTBOUND' AND m.dispatched_at IS NOT NULL`,
      values: [lane, id, personId],
    });
    return (
      row && {
        businessId: row.business_id,
        receivedAt: row.dispatched_at,
        content: {
          suite: row.content_suite,
          bytes: row.content,
          contactId: row.contact_id,
          contentSalt: row.content_salt,
        },
      }
    );
  }
}
