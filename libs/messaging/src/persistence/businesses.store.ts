import { Injectable } from '@nestjs/common';
import type { PersonViewer } from '@assent/people';
import { Database } from '@assent/platform';
import type { MessagePurpose, MessageStatus } from '../domain/message.js';

/** Messages of one contact that are looked at: the newest. */
const MOST_COUNTED = 1_000;

/** A business that has the person as a contact. */
export interface BusinessOfPerson {
  contactId: string;
  businessId: string;
  since: Date;
}

/** What a business sent a person. */
export interface MessagesOfBusiness {
  counts: { purpose: MessagePurpose; status: MessageStatus; count: number }[];
  /** When the newest of them became visible. */
  lastMessageAt: Date | null;
  /** There are older ones than those that were counted. */
  more: boolean;
}

interface CountRow {
  contact_id: string;
  /** Null: the person wrote it. */
  purpose: MessagePurpose | null;
  status: MessageStatus;
  count: number;
  dispatched_at: Date | null;
  more: boolean;
}

/** The businesses that a person has to do with; in the role `person`, as that person. */
@Injectable()
export class BusinessesStore {
  constructor(private readonly database: Database) {}

  /** Newest contact first, before one of them. */
  async page(
    { lane, personId }: PersonViewer,
    before: string | null,
    limit: number,
  ): Promise<BusinessOfPerson[]> {
    const rows = await this.database.rows<{ id: string; business_id: string; created_at: Date }>(
      { role: 'person', personId },
      {
        text: `SELECT id, business_id, created_at FROM contact
          WHERE lane = $1 AND person_id = $2 AND ($3::uuid IS NULL OR id < $3) ORDER BY id DESC LIMIT $4`,
        values: [lane, personId, before, limit],
      },
    );
    return rows.map(({ id, business_id, created_at }) => {
      return { contactId: id, businessId: business_id, since: created_at };
    });
  }

  /** Whether a business has the person as a contact. */
  async knows({ lane, personId }: PersonViewer, businessId: string): Promise<boolean> {
    const rows = await this.database.rows(
      { role: 'person', personId },
      {
        text: 'SELECT FROM contact WHERE lane = $1 AND person_id = $2 AND business_id = $3',
        values: [lane, personId, businessId],
      },
    );
    return rows.length > 0;
  }

  /** What each of these contacts' businesses sent, of the newest 1,000 messages in the conversation. */
  async messages(
    { lane, personId }: PersonViewer,
    contactIds: readonly string[],
  ): Promise<Map<string, MessagesOfBusiness>> {
    const rows = await this.database.rows<CountRow>(
      { role: 'person', personId },
      {
        text: `SELECT asked.contact_id, m.purpose, m.status, count(*)::int AS count, max(m.dispatched_at) AS dispatched_at,
            min(min(m.seq)) OVER (PARTITION BY asked.contact_id) > 1 AS more
          FROM unnest($2::uuid[]) AS asked (contact_id)
          CROSS JOIN LATERAL (
            SELECT seq, direction, purpose, status, dispatched_at FROM message
            WHERE lane = $1 AND contact_id = asked.contact_id ORDER BY seq DESC LIMIT ${MOST_COUNTED}
          ) m
          GROUP BY asked.contact_id, m.direction, m.purpose, m.status
          ORDER BY asked.contact_id, m.purpose, m.status`,
        values: [lane, contactIds],
      },
    );
    const byContact = Map.groupBy(rows, ({ contact_id }) => contact_id);
    return new Map([...byContact].map(([contactId, ofContact]) => [contactId, toMessages(ofContact)]));
  }
}

function toMessages(rows: CountRow[]): MessagesOfBusiness {
  const times = rows.flatMap(({ dispatched_at }) => dispatched_at?.getTime() ?? []);
  return {
    counts: rows.flatMap(({ purpose, status, count }) =>
      purpose === null ? [] : [{ purpose, status, count }],
    ),
    lastMessageAt: times.length > 0 ? new Date(Math.max(...times)) : null,
    more: rows.some(({ more }) => more),
  };
}
