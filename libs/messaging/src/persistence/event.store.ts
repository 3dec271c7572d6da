import { Injectable } from '@nestjs/common';
import { Database } from '@assent/platform';

/** Where a reader of events stands: behind the event with this transaction and id. */
export interface EventCursor {
  xid: string;
  id: string;
}

/** What an event of a message says: that it took a step, or that a person wrote it. */
export type EventType = 'message.status' | 'message.received';

/** One event of a business. */
export interface EventRow {
  xid: string;
  id: string;
  message_id: string;
  /** With the number of the message in its conversation; where a person wrote it, nothing else. */
  data: { status?: string; reason?: string | null; seq: number } | null;
  at: Date;
}

/** What a reader gets: events in order, and whether one more is there that can not be read yet. */
export interface EventPage {
  events: EventRow[];
  settling: boolean;
}

const MOST_EVENTS = 200;
const NO_ID = '00000000-0000-0000-0000-000000000000';

/**
 * The events of a business, in the order (transaction, id), only up to the oldest transaction that is still running:
 * no event can then commit behind a reader's cursor, and a cursor misses nothing and repeats nothing.
 */
@Injectable()
export class EventStore {
  constructor(private readonly database: Database) {}

  /** The cursor of a reader that wants what comes from now on. */
  async now(businessId: string): Promise<EventCursor> {
    const [row] = await this.database.rows<{ xid: string }>(
      { role: 'business', businessId },
      { text: 'SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS xid' },
    );
    return { xid: row?.xid ?? '0', id: NO_ID };
  }

  /** Events of a type after a cursor, oldest first. */
  async after(businessId: string, type: EventType, after: EventCursor): Promise<EventPage> {
    const rows = await this.database.rows<EventRow & { settled: boolean }>(
      { role: 'business', businessId },
      {
        name: 'event-after',
        text: `SELECT xid::text, id, message_id, data, at, xid < pg_snapshot_xmin(pg_current_snapshot()) AS settled
          FROM event
          WHERE business_id = $1 AND (xid, id) > ($2::xid8, $3::uuid) AND type = $4
          ORDER BY event.xid, id LIMIT ${MOST_EVENTS}`,
        values: [businessId, after.xid, after.id, type],
      },
    );
    const events = rows.filter(({ settled }) => settled);
    return { events, settling: events.length < rows.length };
  }
}

/** A cursor as clients hold it. */
export function formatEventCursor({ xid, id }: EventCursor): string {
  return Buffer.from(`${xid}.${id}`).toString('base64url');
}

/** The cursor that a client sent, or undefined where it is none. */
export function parseEventCursor(text: string): EventCursor | undefined {
  const parts = /^(\d{1,20})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(
    Buffer.from(text, 'base64url').toString(),
  );
  const [, xid, id] = parts ?? [];
  return xid && id && BigInt(xid) < 2n ** 64n ? { xid, id } : undefined;
}
