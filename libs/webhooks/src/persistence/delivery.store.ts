import { Injectable } from '@nestjs/common';
import { lookUp, type Transaction, unseen } from '@assent/platform';
import type { Attempted } from '../domain/retrying.js';
import { DOWN_FAILURES } from '../domain/retrying.js';

/** For so long a worker holds a delivery; twice as long as an attempt may take. */
const LEASE = '30 seconds';
/** Deliveries under way at one endpoint at a time: while all is well, while something is wrong, and while it is down. */
const MOST_AT_ONCE = 8;
const MOST_AT_ONCE_TROUBLED = 2;
/** Deliveries that waited for an endpoint that works again come spread over so long. */
const CATCH_UP = '30 seconds';

/** A delivery that this worker holds; `fence` is checked when its result is written. */
export interface ClaimedDelivery extends Attempted {
  endpointId: string;
  businessId: string;
  xid: string;
  id: string;
  fence: number;
}

/** What is to be posted, and how. */
export interface Shipment {
  url: string;
  sealed: Buffer;
  /** The secret before, while it still signs. */
  previousSealed: Buffer | null;
  /** Null: the event has aged out. */
  event: {
    type: string;
    contactId: string | null;
    messageId: string | null;
    data: Record<string, unknown>;
    at: Date;
  } | null;
}

interface ClaimRow {
  endpoint_id: string;
  business_id: string;
  event_xid: string;
  event_id: string;
  once: boolean;
  attempts: number;
  began_at: Date;
  fence: number;
}

interface ShipmentRow {
  nr: number;
  url: string;
  secret_sealed: Buffer;
  previous_sealed: Buffer | null;
  type: string | null;
  contact_id: string | null;
  message_id: string | null;
  data: Record<string, unknown> | null;
  at: Date;
}

/** Deliveries under way; in the role `engine`. */
@Injectable()
export class DeliveryStore {
  /**
   * Claims up to `limit` due deliveries under a lease, a few of each endpoint, at endpoints that are well or, as asked, at
   * those that are slow or failing. So endpoints take turns, and those in trouble only keep each other waiting. The claim
   * commits without waiting for the disk: one that a crash forgets is simply claimed again.
   */
  async claim(tx: Transaction, troubled: boolean, limit: number): Promise<ClaimedDelivery[]> {
    const [, rows] = await Promise.all([
      tx.run({ text: 'SET LOCAL synchronous_commit = off' }),
      tx.rows<ClaimRow>({
        name: 'webhook-claim',
        text: `WITH ready AS MATERIALIZED (
            SELECT e.id, CASE WHEN e.failures >= ${DOWN_FAILURES} THEN 1 WHEN $1 THEN ${MOST_AT_ONCE_TROUBLED} ELSE ${MOST_AT_ONCE} END
              - (SELECT count(*) FROM webhook_delivery d
                 WHERE d.endpoint_id = e.id AND d.lease_until > (SELECT assent_now())) AS free
            FROM webhook_endpoint e
            WHERE e.status = 'ENABLED' AND (e.failures > 0 OR e.slow) = $1
              AND (e.resume_at IS NULL OR e.resume_at <= (SELECT assent_now()))
              AND EXISTS (SELECT FROM webhook_delivery d
                WHERE d.endpoint_id = e.id AND d.due_at <= (SELECT assent_now())
                  AND (d.lease_until IS NULL OR d.lease_until <= (SELECT assent_now())))
            ORDER BY random()
          ), due AS (
            SELECT d.place FROM ready CROSS JOIN LATERAL (
              SELECT ctid AS place FROM webhook_delivery
              WHERE endpoint_id = ready.id AND due_at <= (SELECT assent_now())
                AND (lease_until IS NULL OR lease_until <= (SELECT assent_now()))
              ORDER BY due_at, event_xid, event_id LIMIT greatest(ready.free, 0) FOR NO KEY UPDATE SKIP LOCKED
            ) d LIMIT $2
          )
          UPDATE webhook_delivery d SET lease_until = (SELECT assent_now()) + interval '${LEASE}',
            fence = d.fence + 1, attempts = d.attempts + 1
          FROM due WHERE d.ctid = due.place
          RETURNING d.endpoint_id, d.business_id, d.event_xid::text, d.event_id, d.once, d.attempts, d.began_at, d.fence`,
        values: [troubled, limit],
      }),
    ]);
    return rows.map((row) => ({
      endpointId: row.endpoint_id,
      businessId: row.business_id,
      xid: row.event_xid,
      id: row.event_id,
      once: row.once,
      attempts: row.attempts,
      beganAt: row.began_at,
      fence: row.fence,
    }));
  }

  /** What claimed deliveries carry, in their order; undefined where the endpoint was removed meanwhile. */
  async shipments(tx: Transaction, claims: readonly ClaimedDelivery[]): Promise<(Shipment | undefined)[]> {
    const rows = await tx.rows<ShipmentRow>({
      name: 'webhook-shipments',
      text: `SELECT t.nr::int, e.url, e.secret_sealed,
          CASE WHEN e.previous_until > (SELECT assent_now()) THEN e.previous_sealed END AS previous_sealed,
          v.type, v.contact_id, v.message_id, v.data, v.at
        FROM unnest(${unseen(1, 'uuid')}, ${unseen(2, 'uuid')}, ${unseen(3, 'xid8')}, ${unseen(4, 'uuid')}) WITH ORDINALITY AS t (endpoint_id, business_id, xid, id, nr)
        JOIN webhook_endpoint e ON e.id = t.endpoint_id
        LEFT JOIN event v ON v.business_id = t.business_id AND v.xid = t.xid AND v.id = t.id`,
      values: [
        claims.map(({ endpointId }) => endpointId),
        claims.map(({ businessId }) => businessId),
        claims.map(({ xid }) => xid),
        claims.map(({ id }) => id),
      ],
    });
    const byNumber = new Map(rows.map((row) => [row.nr, row]));
    return claims.map((_, at) => {
      const row = byNumber.get(at + 1);
      return row && toShipment(row);
    });
  }

  /** How many have a row, counted as far as `most`. */
  async underWay(tx: Transaction, most: number): Promise<number> {
    const [row] = await tx.rows<{ count: number }>({
      text: 'SELECT count(*)::integer AS count FROM (SELECT 1 FROM webhook_delivery LIMIT $1) AS counted',
      values: [most],
    });
    return row?.count ?? 0;
  }

  /** Lets go of deliveries that were claimed and not attempted. */
  async release(tx: Transaction, claims: readonly ClaimedDelivery[]): Promise<void> {
    await tx.run({
      text: `UPDATE webhook_delivery d SET lease_until = NULL, attempts = d.attempts - 1
        FROM (SELECT d.place FROM ${CLAIMS} ${JOIN_HELD}) held WHERE d.ctid = held.place`,
      values: claimColumns(claims),
    });
  }

  /** Removes deliveries that were taken or given up; none that another worker holds by now. */
  async end(tx: Transaction, claims: readonly ClaimedDelivery[]): Promise<void> {
    await tx.run({
      name: 'webhook-end',
      text: `DELETE FROM webhook_delivery d
        USING (SELECT d.place FROM ${CLAIMS} ${JOIN_HELD}) held WHERE d.ctid = held.place`,
      values: claimColumns(claims),
    });
  }

  /** Puts deliveries off; none that another worker holds by now. */
  async putOff(tx: Transaction, put: readonly { claim: ClaimedDelivery; until: Date }[]): Promise<void> {
    await tx.run({
      name: 'webhook-put-off',
      text: `UPDATE webhook_delivery d SET lease_until = NULL, due_at = held.until
        FROM (
          SELECT d.place, t.until
          FROM unnest($1::uuid[], $2::xid8[], $3::uuid[], $4::bigint[], $5::timestamptz[]) AS t (endpoint_id, xid, id, fence, until)
          ${JOIN_HELD}
        ) held
        WHERE d.ctid = held.place`,
      values: [...claimColumns(put.map(({ claim }) => claim)), put.map(({ until }) => until)],
    });
  }

  /** Lets what waits for endpoints that work again come soon. */
  async hurry(tx: Transaction, endpointIds: readonly string[]): Promise<void> {
    await tx.run({
      text: `UPDATE webhook_delivery SET due_at = (SELECT assent_now()) + random() * interval '${CATCH_UP}'
        WHERE endpoint_id = ANY ($1::uuid[]) AND lease_until IS NULL
          AND due_at > (SELECT assent_now()) + interval '${CATCH_UP}'`,
      values: [endpointIds],
    });
  }
}

const CLAIMS = `unnest(${unseen(1, 'uuid')}, ${unseen(2, 'xid8')}, ${unseen(3, 'uuid')}, ${unseen(4, 'bigint')})
  AS t (endpoint_id, xid, id, fence)`;
/** Joins the deliveries of claims `t` that no other worker holds by now, and none can take before the end of the transaction. */
const JOIN_HELD = lookUp(
  'webhook_delivery',
  'd',
  'd.endpoint_id = t.endpoint_id AND d.event_xid = t.xid AND d.event_id = t.id AND d.fence = t.fence',
  'FOR NO KEY UPDATE',
);

function claimColumns(claims: readonly ClaimedDelivery[]): unknown[] {
  return [
    claims.map(({ endpointId }) => endpointId),
    claims.map(({ xid }) => xid),
    claims.map(({ id }) => id),
    claims.map(({ fence }) => fence),
  ];
}

function toShipment(row: ShipmentRow): Shipment {
  return {
    url: row.url,
    sealed: row.secret_sealed,
    previousSealed: row.previous_sealed,
    event:
      row.type === null
        ? null
        : {
            type: row.type,
            contactId: row.contact_id,
            messageId: row.message_id,
            data: row.data ?? {},
            at: row.at,
          },
  };
}
