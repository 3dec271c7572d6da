import { Injectable } from '@nestjs/common';
import { appendEvents, Hints, laneOf, type Transaction } from '@assent/platform';
import type { ConversationChange, ConversationState, StaffConversation } from '../domain/conversation.js';

/** Which conversations; null: whatever they are. */
export interface ConversationFilter {
  state: ConversationState | null;
  /** UUID of a member. */
  assignedTo: string | null;
  /** True: only those that nobody has; false: only those that somebody has. */
  unassigned: boolean | null;
  /** True: only those with something unread; false: only those without. */
  unread: boolean | null;
  contactId: string | null;
}

/** The conversation that a page begins behind. */
export interface ConversationPosition {
  lastWroteAt: Date;
  contactId: string;
}

/** A conversation whose row is locked, with the salt of its content. */
export interface LockedConversation {
  conversation: StaffConversation;
  contentSalt: Buffer | null;
}

type ConversationRow = StaffConversation & { contentSalt: Buffer | null };

const COLUMNS = `c.contact_id AS "contactId", c.business_id AS "businessId", c.state, c.assigned_to AS "assignedTo", c.unread,
  c.notes, c.last_wrote_at AS "lastWroteAt", c.read_at AS "readAt", c.read_by AS "readBy", c.closed_at AS "closedAt",
  c.closed_by AS "closedBy"`;

/** The conversations of a business, as its staff work on them; in its own role. */
@Injectable()
export class StaffInboxStore {
  constructor(private readonly hints: Hints) {}

  /** Those whose person wrote last come first; behind one of them. Each filter is a range of an index. */
  page(
    tx: Transaction,
    businessId: string,
    filter: ConversationFilter,
    after: ConversationPosition | null,
    limit: number,
  ): Promise<StaffConversation[]> {
    const values: unknown[] = [businessId, limit];
    const given = (value: unknown, type: string) => `$${values.push(value)}::${type}`;
    const conditions = ['c.business_id = $1'];
    if (filter.state !== null) conditions.push(`c.state = ${given(filter.state, 'conversation_state')}`);
    if (filter.assignedTo !== null) conditions.push(`c.assigned_to = ${given(filter.assignedTo, 'uuid')}`);
    if (filter.unassigned !== null) {
      conditions.push(`c.assigned_to IS ${filter.unassigned ? 'NULL' : 'NOT NULL'}`);
    }
    if (filter.unread !== null) conditions.push(`c.unread ${filter.unread ? '>' : '='} 0`);
    if (filter.contactId !== null) {
      conditions.push(`c.lane = ${given(laneOf(filter.contactId), 'smallint')}`);
      conditions.push(`c.contact_id = ${given(filter.contactId, 'uuid')}`);
    }
    if (after !== null) {
      const position = `(${given(after.lastWroteAt, 'timestamptz')}, ${given(after.contactId, 'uuid')})`;
      conditions.push(`(c.last_wrote_at, c.contact_id) < ${position}`);
    }
    return tx.rows<StaffConversation & Record<string, unknown>>({
      text: `SELECT ${COLUMNS} FROM conversation c WHERE ${conditions.join(' AND ')}
        ORDER BY c.last_wrote_at DESC, c.contact_id DESC LIMIT $2`,
      values,
    });
  }

  /**
   * Locks a conversation, so that what is done in it takes turns, and reads it as of then. Lock order: the person's guard
   * (who writes holds it), the conversation, its messages.
   */
  async lock(
    tx: Transaction,
    businessId: string,
    contactId: string,
  ): Promise<LockedConversation | undefined> {
    const [row] = await tx.rows<ConversationRow & Record<string, unknown>>({
      name: 'conversation-lock',
      text: `SELECT ${COLUMNS}, t.content_salt AS "contentSalt" FROM conversation c
        JOIN contact t ON t.lane = c.lane AND t.id = c.contact_id
        WHERE c.lane = $1 AND c.contact_id = $2 AND c.business_id = $3 FOR NO KEY UPDATE OF c`,
      values: [laneOf(contactId), contactId, businessId],
    });
    if (!row) return undefined;
    const { contentSalt, ...conversation } = row;
    return { conversation, contentSalt };
  }

  /** Locks the conversations that these messages are of, in the order of lanes and contacts, and reads them. */
  lockOfMessages(
    tx: Transaction,
    businessId: string,
    messageIds: readonly string[],
  ): Promise<StaffConversation[]> {
    return tx.rows<StaffConversation & Record<string, unknown>>({
      text: `SELECT ${COLUMNS} FROM conversation c
        WHERE c.business_id = $1 AND (c.lane, c.contact_id) IN (
          SELECT m.lane, m.contact_id FROM unnest($2::smallint[], $3::uuid[]) AS asked (lane, id)
          JOIN message m ON m.lane = asked.lane AND m.id = asked.id
          WHERE m.business_id = $1 AND m.direction = 'INBOUND')
        ORDER BY c.lane, c.contact_id FOR NO KEY UPDATE OF c`,
      values: [businessId, messageIds.map(laneOf), messageIds],
    });
  }

  /** Writes a locked conversation as it now is, and tells the business by an event. */
  async save(
    tx: Transaction,
    conversation: StaffConversation,
    change: ConversationChange,
    by: string,
    at: Date,
  ): Promise<void> {
    const { contactId: id, businessId } = conversation;
    const lane = laneOf(id);
    await Promise.all([
      tx.run({
        name: 'conversation-save',
        text: `UPDATE conversation SET state = $3::conversation_state, assigned_to = $4, unread = $5, notes = $6, read_at = $7,
            read_by = $8, closed_at = $9, closed_by = $10
          WHERE lane = $1 AND contact_id = $2`,
        values: [
          lane,
          id,
          conversation.state,
          conversation.assignedTo,
          conversation.unread,
          conversation.notes,
          conversation.readAt,
          conversation.readBy,
          conversation.closedAt,
          conversation.closedBy,
        ],
      }),
      appendEvents(tx, [
        {
          businessId,
          type: 'conversation.changed',
          contact: { lane, id },
          data: {
            change,
            state: conversation.state,
            assignedTo: conversation.assignedTo,
            unread: conversation.unread,
            by,
          },
          at,
        },
      ]),
    ]);
    tx.afterCommit(() => this.hints.send([`business:${businessId}`]));
  }

  /**
   * Makes up to `limit` messages of a locked conversation READ, the newest first.
   * @returns how many were not
   */
  markRead(
    tx: Transaction,
    { businessId, contactId, unread }: StaffConversation,
    limit: number,
    at: Date,
  ): Promise<number> {
    if (unread === 0) return Promise.resolve(0);
    // As many as are unread: then the search down the conversation ends with the oldest of them. Only who holds the
    // conversation changes one of them, so the rows need no order.
    return tx.run({
      text: `UPDATE message m SET status = 'READ', read_at = $5
        FROM (
          SELECT lane, id FROM message WHERE lane = $1 AND contact_id = $2 AND direction = 'INBOUND' AND status = 'DELIVERED'
          ORDER BY seq DESC LIMIT $4
        ) newest
        WHERE m.lane = newest.lane AND m.id = newest.id AND m.business_id = $3 AND m.direction = 'INBOUND'`,
      values: [laneOf(contactId), contactId, businessId, Math.min(unread, limit), at],
    });
  }
}
