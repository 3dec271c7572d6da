import { Injectable } from '@nestjs/common';
import { BEFORE_EVENTS, type EventPosition, type Transaction } from '@assent/platform';

/** Deliveries that a business asks for itself, in its own scope. */
@Injectable()
export class RedeliveryStore {
  /** Events to be delivered now, under the same ids as ever; those that are under way begin their retries anew. */
  async deliver(
    tx: Transaction,
    endpoint: { id: string; businessId: string },
    positions: readonly EventPosition[],
  ): Promise<void> {
    await tx.run({
      text: `INSERT INTO webhook_delivery (endpoint_id, event_xid, event_id, business_id, began_at, due_at)
        SELECT $1, t.xid, t.id, $2, n.now, n.now
        FROM unnest($3::xid8[], $4::uuid[]) AS t (xid, id), (SELECT assent_now() AS now) n
        ON CONFLICT (endpoint_id, event_xid, event_id)
        DO UPDATE SET attempts = 0, began_at = excluded.began_at, due_at = excluded.due_at`,
      values: [
        endpoint.id,
        endpoint.businessId,
        positions.map(({ xid }) => xid),
        positions.map(({ id }) => id),
      ],
    });
  }

  /** The event of this very transaction, to be posted once. */
  async deliverOnce(
    tx: Transaction,
    endpoint: { id: string; businessId: string },
    eventId: string,
  ): Promise<EventPosition> {
    const [row] = await tx.rows<EventPosition & Record<string, unknown>>({
      text: `INSERT INTO webhook_delivery (endpoint_id, event_xid, event_id, business_id, once, began_at, due_at)
        SELECT $1, pg_current_xact_id(), $2, $3, true, n.now, n.now FROM (SELECT assent_now() AS now) n
        RETURNING event_xid::text AS xid, event_id AS id`,
      values: [endpoint.id, eventId, endpoint.businessId],
    });
    if (!row) throw new Error('A delivery was not made');
    return row;
  }

  /** How many past ranges are being brought to an endpoint. */
  async ranges(tx: Transaction, endpointId: string): Promise<number> {
    const [row] = await tx.rows<{ count: number }>({
      text: 'SELECT count(*)::int AS count FROM webhook_feed WHERE endpoint_id = $1 AND until_at IS NOT NULL',
      values: [endpointId],
    });
    return row?.count ?? 0;
  }

  /** Brings the events of a past range to an endpoint once more. */
  async addRange(
    tx: Transaction,
    endpoint: { id: string; businessId: string },
    { id, from, until, at }: { id: string; from: Date; until: Date; at: Date },
  ): Promise<void> {
    await tx.run({
      text: `INSERT INTO webhook_feed (id, endpoint_id, business_id, xid, event_id, from_at, until_at, moved_at)
        VALUES ($1, $2, $3, '0', $4, $5, $6, $7)`,
      values: [id, endpoint.id, endpoint.businessId, BEFORE_EVENTS, from, until, at],
    });
  }
}
