import { Injectable } from '@nestjs/common';
import { BEFORE_EVENTS, type EventPosition, type Transaction } from '@assent/platform';
import { REPLAY_DAYS } from '../domain/endpoint.js';

/** An event of a business as it is stored. */
export interface StoredEvent extends EventPosition {
  type: string;
  contactId: string | null;
  messageId: string | null;
  data: Record<string, unknown>;
  at: Date;
}

/** Events of a business, in its own scope. */
@Injectable()
export class EventReader {
  /**
   * Events of some types after a position, oldest first; from the oldest that is kept where none is given. Only up to the
   * oldest transaction that is still running: none can then come to stand before what was read (ADR 7).
   */
  after(
    tx: Transaction,
    businessId: string,
    after: EventPosition | null,
    types: readonly string[],
    limit: number,
  ): Promise<StoredEvent[]> {
    return tx.rows<StoredEvent & Record<string, unknown>>({
      name: 'events-after',
      text: `SELECT xid::text, id, type, contact_id AS "contactId", message_id AS "messageId",
          coalesce(data, '{}') AS data, at
        FROM event
        WHERE business_id = $1 AND (xid, id) > ($2::xid8, $3::uuid) AND type = ANY ($4::text[])
          AND xid < pg_snapshot_xmin(pg_current_snapshot())
          AND id >= (SELECT assent_uuid_floor(assent_now() - interval '${REPLAY_DAYS} days'))
        ORDER BY event.xid, id LIMIT $5`,
      values: [businessId, after?.xid ?? '0', after?.id ?? BEFORE_EVENTS, types, limit],
    });
  }

  /** Which of these events the business has, and are kept. */
  known(tx: Transaction, businessId: string, positions: readonly EventPosition[]): Promise<EventPosition[]> {
    return tx.rows<EventPosition & Record<string, unknown>>({
      text: `SELECT v.xid::text, v.id FROM unnest($2::xid8[], $3::uuid[]) AS t (xid, id)
        JOIN event v ON v.business_id = $1 AND v.xid = t.xid AND v.id = t.id
        WHERE v.id >= (SELECT assent_uuid_floor(assent_now() - interval '${REPLAY_DAYS} days'))`,
      values: [businessId, positions.map(({ xid }) => xid), positions.map(({ id }) => id)],
    });
  }
}
