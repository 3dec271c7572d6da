import { Injectable } from '@nestjs/common';
import { ContactStore, type PersonsContact } from '@assent/matching';
import { lockPerson } from '@assent/people';
import { Configuration, type PersonKey, type Transaction, uuid7 } from '@assent/platform';
import type { WritingFacts } from '../domain/writing.js';
import type { WritingReason } from '../domain/writing-reasons.js';
import { SEALED_AT_REST_1 } from './content-vault.js';

/** What an idempotency key of a person was answered before. */
export interface EarlierWriting {
  bodyHash: Buffer;
  answer: WritingAnswer;
}

/** What is answered to a message of a person, and again whenever its key comes back. */
export type WritingAnswer =
  | { taken: true; messageId: string; at: Date }
  | { taken: false; reason: WritingReason; retryAt: Date | null };

/** What is loaded of a conversation under the guard of its person. */
export interface WritingLoad {
  facts: Omit<WritingFacts, 'stopsNow' | 'answersUnknown' | 'mediaUnknown'>;
  contact: PersonsContact | undefined;
  lastSeq: number;
  /** As the staff of the business have it; undefined before the first message. */
  conversation: ConversationAsWritten | undefined;
  earlier: EarlierWriting | undefined;
}

/** What of a conversation changes when its person writes, its row locked. */
export interface ConversationAsWritten {
  closed: boolean;
  assignedTo: string | null;
  unread: number;
}

/** A message of a person to be written. */
export interface NewInbound {
  id: string;
  contactId: string;
  businessId: string;
  seq: number;
  content: Buffer;
  writeTat: Date | null;
  conversation: ConversationAsWritten | undefined;
  /** The message that it answers; null: none. */
  replyTo: string | null;
}

/** Hashes of an idempotency key and of everything that its message is. */
export interface KeyHashes {
  key: Buffer;
  body: Buffer;
}

interface ContactRow {
  id: string;
  content_salt: Buffer | null;
  last_seq: number | null;
  write_tat: Date | null;
  blocked: boolean;
}

interface EarlierRow {
  body_hash: Buffer;
  created_at: Date;
  message_id: string | null;
  reason: WritingReason;
  retry_at: Date | null;
}

/** What people write to businesses, in the role `engine`: a person's own role may not write messages or contacts. */
@Injectable()
export class InboundStore {
  constructor(
    private readonly configuration: Configuration,
    private readonly contacts: ContactStore,
  ) {}

  /**
   * Locks the person's guard and, in later statements of the same round trip, loads what is decided on: sends to and
   * writings of one person take turns, so numbers of their conversations have no gaps and keys one answer.
   */
  async lockAndLoad(
    tx: Transaction,
    person: PersonKey,
    businessId: string,
    key: Buffer,
  ): Promise<WritingLoad> {
    const { lane, personId } = person;
    const [, [contact], [business], [conversation], earlier, now] = await Promise.all([
      lockPerson(tx, person),
      tx.rows<ContactRow>({
        name: 'write-contact',
        text: `SELECT c.id, c.content_salt, s.last_seq, s.write_tat, s.blocked_at IS NOT NULL AS blocked FROM contact c
          LEFT JOIN contact_state s ON s.lane = c.lane AND s.contact_id = c.id
          WHERE c.lane = $1 AND c.person_id = $2 AND c.business_id = $3`,
        values: [lane, personId, businessId],
      }),
      tx.rows<{ verified: boolean }>({
        name: 'write-business',
        text: `SELECT status = 'VERIFIED' AS verified FROM business WHERE id = $1`,
        values: [businessId],
      }),
      // Staff change it without the guard, so it has a lock of its own, and is read as of that.
      tx.rows<{ closed: boolean; assigned_to: string | null; unread: number }>({
        name: 'write-conversation',
        text: `SELECT state = 'CLOSED' AS closed, assigned_to, unread FROM conversation
          WHERE lane = $1 AND contact_id = (
            SELECT id FROM contact WHERE lane = $1 AND person_id = $2 AND business_id = $3
          ) FOR NO KEY UPDATE`,
        values: [lane, personId, businessId],
      }),
      this.earlier(tx, key),
      tx.now(),
    ]);
    const { PERSON_WRITE_INTERVAL_MS: intervalMs, PERSON_WRITE_BURST: burst } = this.configuration.settings;
    return {
      facts: {
        now,
        known: contact !== undefined,
        verified: business?.verified ?? false,
        blocked: contact?.blocked ?? false,
        limit: { intervalMs, burst },
        writeTat: contact?.write_tat ?? null,
      },
      contact: contact && { contactId: contact.id, contentSalt: contact.content_salt },
      lastSeq: contact?.last_seq ?? 0,
      conversation: conversation && {
        closed: conversation.closed,
        assignedTo: conversation.assigned_to,
        unread: conversation.unread,
      },
      earlier,
    };
  }

  /** What a key was answered in the last 7 days. */
  async earlier(tx: Transaction, key: Buffer): Promise<EarlierWriting | undefined> {
    const [row] = await tx.rows<EarlierRow>({
      name: 'write-earlier',
      text: `SELECT body_hash, created_at, message_id, reason, retry_at FROM idempotency
        WHERE key_hash = $1 AND created_at > (SELECT assent_now()) - interval '7 days'
          AND created_at < (SELECT assent_now()) + interval '1 day'`,
      values: [key],
    });
    return row && toEarlier(row);
  }

  /** Makes a person who writes first a contact of the business; under their guard. */
  begin(tx: Transaction, writer: PersonKey, businessId: string, at: Date): Promise<PersonsContact> {
    return this.contacts.begin(tx, writer, businessId, at);
  }

  /**
   * The message, what it leaves of its conversation, the events for the business, and the answer, in one statement. A
   * closed conversation is open again.
   */
  async record(
    tx: Transaction,
    { lane, personId }: PersonKey,
    at: Date,
    { id, contactId, businessId, seq, content, writeTat, conversation, replyTo }: NewInbound,
    { key, body }: KeyHashes,
  ): Promise<void> {
    await tx.run({
      name: 'write-record',
      text: `WITH written AS (
          INSERT INTO message (lane, id, business_id, person_id, contact_id, seq, direction, status, content_suite,
            content, accepted_at, delivered_at, reply_to)
          VALUES ($1, $2, $3, $4, $5, $6, 'INBOUND', 'DELIVERED', ${SEALED_AT_REST_1}, $7, $8, $8, $15)
        ), state AS (
          INSERT INTO contact_state (lane, contact_id, business_id, last_seq, write_tat, last_inbound_at)
          VALUES ($1, $5, $3, $6, $9, $8)
          ON CONFLICT (lane, contact_id) DO UPDATE SET last_seq = excluded.last_seq,
            write_tat = excluded.write_tat, last_inbound_at = excluded.last_inbound_at, marketing_unread = 0
        ), talk AS (
          INSERT INTO conversation (lane, contact_id, business_id, unread, last_wrote_at) VALUES ($1, $5, $3, 1, $8)
          ON CONFLICT (lane, contact_id) DO UPDATE SET state = 'OPEN', closed_at = NULL, closed_by = NULL,
            unread = conversation.unread + 1, last_wrote_at = excluded.last_wrote_at
        ), told AS (
          INSERT INTO event (business_id, id, type, lane, contact_id, message_id, data, at)
          VALUES ($3, $10, 'message.received', $1, $5, $2, jsonb_build_object('seq', $6::integer), $8)
        ), reopened AS (
          INSERT INTO event (business_id, id, type, lane, contact_id, data, at)
          SELECT $3, $13, 'conversation.changed', $1, $5, $14::jsonb, $8 WHERE $14 IS NOT NULL
        )
        INSERT INTO idempotency (key_hash, created_at, body_hash, message_id) VALUES ($11, $8, $12, $2)`,
      values: [
        lane,
        id,
        businessId,
        personId,
        contactId,
        seq,
        content,
        at,
        writeTat,
        uuid7(at.getTime()),
        key,
        body,
        uuid7(at.getTime()),
        conversation?.closed
          ? JSON.stringify({
              change: 'REOPENED',
              state: 'OPEN',
              assignedTo: conversation.assignedTo,
              unread: conversation.unread + 1,
            })
          : null,
        replyTo,
      ],
    });
  }

  /** Keeps a refusal for its key. */
  async keep(
    tx: Transaction,
    at: Date,
    { key, body }: KeyHashes,
    { reason, retryAt }: Extract<WritingAnswer, { taken: false }>,
  ): Promise<void> {
    await tx.run({
      text: `INSERT INTO idempotency (key_hash, created_at, body_hash, reason, retry_at)
        VALUES ($1, $2, $3, $4, $5)`,
      values: [key, at, body, reason, retryAt],
    });
  }
}

function toEarlier({ body_hash, created_at, message_id, reason, retry_at }: EarlierRow): EarlierWriting {
  return {
    bodyHash: body_hash,
    answer:
      message_id === null
        ? { taken: false, reason, retryAt: retry_at }
        : { taken: true, messageId: message_id, at: created_at },
  };
}
