import { Injectable } from '@nestjs/common';
import { lockPerson } from '@assent/people';
import { appendEvents, Database, Hints, laneOf, type Scope, type Transaction } from '@assent/platform';
import type { ReactionSide, StoredReaction } from '../domain/reaction.js';
import { SEALED_AT_REST_1 } from './content-vault.js';

/** A message that somebody reacts to, loaded under the guard of its person. */
export interface ReactedMessage {
  id: string;
  businessId: string;
  personId: string;
  contactId: string;
  contentSalt: Buffer | null;
  seq: number;
  blockedByBusiness: boolean;
  now: Date;
}

type MessageRow = ReactedMessage & Record<string, unknown>;

/** Reactions to messages. */
@Injectable()
export class ReactionStore {
  constructor(
    private readonly database: Database,
    private readonly hints: Hints,
  ) {}

  /**
   * Locks the guard of a message's person and, in a later statement, reads the message; in the role `engine`. Undefined where
   * there is none of this owner, or none that the person can see.
   */
  async lockAndLoad(
    tx: Transaction,
    id: string,
    owner: { businessId: string } | { personId: string },
  ): Promise<ReactedMessage | undefined> {
    const lane = laneOf(id);
    const [column, ownerId] =
      'businessId' in owner
        ? (['business_id', owner.businessId] as const)
        : (['person_id', owner.personId] as const);
    const [found] = await tx.rows<{ person_id: string }>({
      text: `SELECT person_id FROM message WHERE lane = $1 AND id = $2 AND ${column} = $3 AND person_id IS NOT NULL`,
      values: [lane, id, ownerId],
    });
    if (!found) return undefined;
    const [, [message]] = await Promise.all([
      lockPerson(tx, { lane, personId: found.person_id }),
      tx.rows<MessageRow>({
        text: `SELECT m.id, m.business_id AS "businessId", m.person_id AS "personId", m.contact_id AS "contactId", m.seq,
            c.content_salt AS "contentSalt", s.blocked_at IS NOT NULL AS "blockedByBusiness", assent_now() AS now
          FROM message m JOIN contact c ON c.lane = m.lane AND c.id = m.contact_id AND c.person_id = m.person_id
          LEFT JOIN contact_state s ON s.lane = m.lane AND s.contact_id = m.contact_id
          WHERE m.lane = $1 AND m.id = $2 AND m.person_id = $3
            AND (m.direction = 'INBOUND' OR m.dispatched_at IS NOT NULL)`,
        values: [lane, id, found.person_id],
      }),
    ]);
    return message;
  }

  /** The reaction of one side to a message; under the guard. */
  async of(
    tx: Transaction,
    { id, contactId, contentSalt }: ReactedMessage,
    side: ReactionSide,
  ): Promise<StoredReaction | undefined> {
    const [row] = await tx.rows<{ content_suite: number; content: Buffer; at: Date }>({
      text: 'SELECT content_suite, content, at FROM reaction WHERE lane = $1 AND message_id = $2 AND side = $3',
      values: [laneOf(id), id, side],
    });
    if (!row) return undefined;
    const content = { suite: row.content_suite, bytes: row.content, contactId, contentSalt };
    return { messageId: id, side, at: row.at, content };
  }

  /** Sets the reaction of one side, or (null) removes it, and tells the business; under the guard. */
  async set(
    tx: Transaction,
    { id, businessId, personId, contactId, seq, now }: ReactedMessage,
    side: ReactionSide,
    content: Buffer | null,
  ): Promise<void> {
    const lane = laneOf(id);
    await Promise.all([
      tx.run(
        content
          ? {
              text: `INSERT INTO reaction (lane, message_id, side, business_id, person_id, contact_id, content_suite, content, at)
                VALUES ($1, $2, $3, $4, $5, $6, ${SEALED_AT_REST_1}, $7, $8)
                ON CONFLICT (lane, message_id, side) DO UPDATE SET content = excluded.content, at = excluded.at`,
              values: [lane, id, side, businessId, personId, contactId, content, now],
            }
          : {
              text: 'DELETE FROM reaction WHERE lane = $1 AND message_id = $2 AND side = $3',
              values: [lane, id, side],
            },
      ),
      appendEvents(tx, [
        {
          businessId,
          type: 'message.reaction',
          contact: { lane, id: contactId },
          messageId: id,
          data: { side, removed: content === null, seq },
          at: now,
        },
      ]),
    ]);
    tx.afterCommit(() => this.hints.send([`business:${businessId}`]));
  }

  /** Reactions to messages, by message; what the scope may not read is left out. */
  async ofMessages(scope: Scope, messageIds: readonly string[]): Promise<Map<string, StoredReaction[]>> {
    const rows = await this.database.rows<{
      message_id: string;
      side: ReactionSide;
      at: Date;
      content_suite: number;
      content: Buffer;
      contact_id: string;
      content_salt: Buffer | null;
    }>(scope, {
      text: `SELECT r.message_id, r.side, r.at, r.content_suite, r.content, r.contact_id, c.content_salt
        FROM unnest($1::smallint[], $2::uuid[]) AS asked (lane, id)
        JOIN reaction r ON r.lane = asked.lane AND r.message_id = asked.id
        JOIN contact c ON c.lane = r.lane AND c.id = r.contact_id
        ORDER BY r.message_id, r.side`,
      values: [messageIds.map(laneOf), messageIds],
    });
    const reactions = rows.map((row) => ({
      messageId: row.message_id,
      side: row.side,
      at: row.at,
      content: {
        suite: row.content_suite,
        bytes: row.content,
        contactId: row.contact_id,
        contentSalt: row.content_salt,
      },
    }));
    return Map.groupBy(reactions, ({ messageId }) => messageId);
  }
}
