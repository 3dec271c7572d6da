import { Injectable } from '@nestjs/common';
import type { Transaction } from '@assent/platform';
import { MOST_OPEN, REPLAY_DAYS } from '../domain/endpoint.js';
import type { Feed, FeedableEvent, FeedStep } from '../domain/feed-plan.js';

/** Most events that one feed is moved over in one step. */
const MOST_SCANNED = 500;

/** A feed whose row this transaction holds. */
export interface LockedFeed extends Feed {
  id: string;
  endpointId: string;
  businessId: string;
}

/** What is next in a feed. */
export interface FeedLoad {
  events: FeedableEvent[];
  /** Others may follow them. */
  more: boolean;
  /** How many deliveries the endpoint may have beyond those that it has. */
  room: number;
}

interface FeedRow {
  id: string;
  endpoint_id: string;
  business_id: string;
  xid: string;
  event_id: string;
  types: string[];
  from_at: Date;
  until_at: Date | null;
}

/** How far endpoints have been fed with events; in the role `engine`. */
@Injectable()
export class FeedStore {
  /**
   * Locks up to `limit` feeds that have something next and an endpoint with room for it, longest unmoved first; those that
   * another worker moves at this moment are passed over. What is next is to be loaded in a later statement.
   */
  async lockDue(tx: Transaction, limit: number): Promise<LockedFeed[]> {
    const rows = await tx.rows<FeedRow>({
      name: 'webhook-feeds-due',
      text: `SELECT f.id, f.endpoint_id, f.business_id, f.xid::text, f.event_id, e.types, f.from_at, f.until_at
        FROM webhook_feed f JOIN webhook_endpoint e ON e.id = f.endpoint_id
        WHERE e.status = 'ENABLED'
          AND (f.until_at IS NOT NULL OR EXISTS (
            SELECT FROM event v
            WHERE v.business_id = f.business_id AND (v.xid, v.id) > (f.xid, f.event_id)
              AND v.xid < (SELECT pg_snapshot_xmin(pg_current_snapshot()))
              AND v.id >= (SELECT assent_uuid_floor(assent_now() - interval '${REPLAY_DAYS} days'))))
          AND (SELECT count(*) FROM webhook_delivery d WHERE d.endpoint_id = f.endpoint_id) < ${MOST_OPEN}
        ORDER BY f.moved_at LIMIT $1 FOR NO KEY UPDATE OF f SKIP LOCKED`,
      values: [limit],
    });
    return rows.map((row) => ({
      id: row.id,
      endpointId: row.endpoint_id,
      businessId: row.business_id,
      position: { xid: row.xid, id: row.event_id },
      types: row.types,
      from: row.from_at,
      until: row.until_at,
    }));
  }

  /** The next events of a feed, no further than the oldest transaction that is still running (ADR 7). */
  async load(tx: Transaction, { endpointId, businessId, position, from }: LockedFeed): Promise<FeedLoad> {
    const [rows, [open]] = await Promise.all([
      tx.rows<FeedableEvent & { settled: boolean }>({
        name: 'webhook-feed-load',
        text: `SELECT xid::text, id, type, at, xid < pg_snapshot_xmin(pg_current_snapshot()) AS settled
          FROM event
          WHERE business_id = $1 AND (xid, id) > ($2::xid8, $3::uuid)
            AND id >= (SELECT assent_uuid_floor(greatest($4::timestamptz - interval '1 hour',
              assent_now() - interval '${REPLAY_DAYS} days')))
          ORDER BY event.xid, id LIMIT ${MOST_SCANNED}`,
        values: [businessId, position.xid, position.id, from],
      }),
      tx.rows<{ count: number }>({
        name: 'webhook-feed-open',
        text: 'SELECT count(*)::int AS count FROM webhook_delivery WHERE endpoint_id = $1',
        values: [endpointId],
      }),
    ]);
    const events = rows.filter(({ settled }) => settled);
    const more = rows.length === MOST_SCANNED || events.length < rows.length;
    return { events, more, room: Math.max(0, MOST_OPEN - (open?.count ?? 0)) };
  }

  /** Makes the deliveries of a step and moves the feed behind them, in one statement; a feed that has ended goes. */
  async record(
    tx: Transaction,
    { id, endpointId, businessId }: LockedFeed,
    { deliver, position, ended }: FeedStep,
  ): Promise<void> {
    await tx.run({
      name: 'webhook-feed-record',
      text: `WITH made AS (
          INSERT INTO webhook_delivery (endpoint_id, event_xid, event_id, business_id, began_at, due_at)
          SELECT $2, t.xid, t.id, $3, n.now, n.now
          FROM unnest($4::xid8[], $5::uuid[]) AS t (xid, id), (SELECT assent_now() AS now) n
          ON CONFLICT DO NOTHING
        ), over AS (
          DELETE FROM webhook_feed WHERE id = $1 AND $8
        )
        UPDATE webhook_feed SET xid = $6::xid8, event_id = $7, moved_at = assent_now() WHERE id = $1 AND NOT $8`,
      values: [
        id,
        endpointId,
        businessId,
        deliver.map(({ xid }) => xid),
        deliver.map((event) => event.id),
        position.xid,
        position.id,
        ended,
      ],
    });
  }
}
