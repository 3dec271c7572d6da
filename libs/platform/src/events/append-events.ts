import type { Transaction } from '../database/database.js';
import { uuid7 } from '../ids/uuid7.js';

/** Something that happened and concerns a business. */
export interface NewEvent {
  businessId: string;
  type: string;
  /** What of the payload is no id of a contact or message; no number, no text of a message. */
  data?: Record<string, unknown>;
  contact?: { lane: number; id: string };
  messageId?: string;
  at: Date;
}

/**
 * Writes events in the transaction of what they tell of, so that neither exists without the other.
 * @returns their ids, in order
 */
export async function appendEvents(tx: Transaction, events: readonly NewEvent[]): Promise<string[]> {
  const ids = events.map(({ at }) => uuid7(at.getTime()));
  if (events.length === 0) return ids;
  await tx.run({
    name: 'events-append',
    text: `INSERT INTO event (business_id, id, type, lane, contact_id, message_id, data, at)
      SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::smallint[], $5::uuid[], $6::uuid[], $7::jsonb[],
        $8::timestamptz[])`,
    values: [
      events.map(({ businessId }) => businessId),
      ids,
      events.map(({ type }) => type),
      events.map(({ contact }) => contact?.lane ?? null),
      events.map(({ contact }) => contact?.id ?? null),
      events.map(({ messageId }) => messageId ?? null),
      events.map(({ data }) => (data ? JSON.stringify(data) : null)),
      events.map(({ at }) => at),
    ],
  });
  return ids;
}
