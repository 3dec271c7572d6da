import { Injectable } from '@nestjs/common';
import type { Transaction } from '@assent/platform';
import type { WebhookEndpoint } from '../domain/endpoint.js';

const ENDPOINT = `id, business_id AS "businessId", url, description, types, status,
  disabled_because AS "disabledBecause", disabled_at AS "disabledAt",
  CASE WHEN previous_until > (SELECT assent_now()) THEN previous_until END AS "previousUntil",
  created_by AS "createdBy", created_at AS "createdAt", failures, failing_since AS "failingSince",
  resume_at AS "resumeAt", last_success_at AS "lastSuccessAt", last_failure_at AS "lastFailureAt",
  (SELECT count(*)::int FROM webhook_delivery d WHERE d.endpoint_id = e.id) AS open`;

/** What a new endpoint is. */
export interface NewEndpoint {
  id: string;
  url: string;
  description: string;
  types: readonly string[];
  sealed: Buffer;
  createdBy: string;
  at: Date;
}

/** Changes of an endpoint; what is undefined stays. */
export interface EndpointChanges {
  url?: string | undefined;
  description?: string | undefined;
  types?: readonly string[] | undefined;
  status?: 'ENABLED' | 'PAUSED' | undefined;
}

/** Endpoints of a business, in its own scope. */
@Injectable()
export class EndpointStore {
  /** Serialises what counts or makes endpoints of a business. */
  async lockBusiness(tx: Transaction, businessId: string): Promise<void> {
    await tx.run({ text: 'SELECT FROM business WHERE id = $1 FOR NO KEY UPDATE', values: [businessId] });
  }

  async count(tx: Transaction, businessId: string): Promise<number> {
    const [row] = await tx.rows<{ count: number }>({
      text: 'SELECT count(*)::int AS count FROM webhook_endpoint WHERE business_id = $1',
      values: [businessId],
    });
    return row?.count ?? 0;
  }

  /** Adds an endpoint, with the feed of everything that happens from now on, what is in flight included. */
  async add(tx: Transaction, businessId: string, feedId: string, endpoint: NewEndpoint): Promise<void> {
    const { id, url, description, types, sealed, createdBy, at } = endpoint;
    await tx.run({
      text: `INSERT INTO webhook_endpoint (id, business_id, url, description, types, secret_sealed, created_by, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      values: [id, businessId, url, description, types, sealed, createdBy, at],
    });
    await tx.run({
      text: `INSERT INTO webhook_feed (id, endpoint_id, business_id, xid, event_id, from_at, moved_at)
        VALUES ($1, $2, $3, pg_snapshot_xmin(pg_current_snapshot()), '00000000-0000-0000-0000-000000000000', $4, $4)`,
      values: [feedId, id, businessId, at],
    });
  }

  /** An endpoint, its row locked until the end of the transaction: attempts under way note their result behind it. */
  async lock(tx: Transaction, businessId: string, id: string): Promise<WebhookEndpoint | undefined> {
    const [, endpoint] = await Promise.all([
      tx.run({
        text: 'SELECT FROM webhook_endpoint WHERE business_id = $1 AND id = $2 FOR NO KEY UPDATE',
        values: [businessId, id],
      }),
      this.byId(tx, businessId, id),
    ]);
    return endpoint;
  }

  async byId(tx: Transaction, businessId: string, id: string): Promise<WebhookEndpoint | undefined> {
    const [row] = await tx.rows<WebhookEndpoint & Record<string, unknown>>({
      text: `SELECT ${ENDPOINT} FROM webhook_endpoint e WHERE business_id = $1 AND id = $2`,
      values: [businessId, id],
    });
    return row;
  }

  /** All of a business, oldest first: they are few. */
  all(tx: Transaction, businessId: string): Promise<WebhookEndpoint[]> {
    return tx.rows<WebhookEndpoint & Record<string, unknown>>({
      text: `SELECT ${ENDPOINT} FROM webhook_endpoint e WHERE business_id = $1 ORDER BY id`,
      values: [businessId],
    });
  }

  /** Changes an endpoint. Enabling it, or giving it another URL, lets it begin anew: nothing counts against it. */
  async change(
    tx: Transaction,
    id: string,
    { url, description, types, status }: EndpointChanges,
  ): Promise<void> {
    await tx.run({
      text: `UPDATE webhook_endpoint SET url = coalesce($2, url), description = coalesce($3, description),
          types = coalesce($4::text[], types)
        WHERE id = $1`,
      values: [id, url ?? null, description ?? null, types ?? null],
    });
    if (status !== undefined) {
      await tx.run({
        text: `UPDATE webhook_endpoint SET status = $2::webhook_status, disabled_because = NULL, disabled_at = NULL,
            tell_at = NULL
          WHERE id = $1`,
        values: [id, status],
      });
    }
    if (url === undefined && status !== 'ENABLED') return;
    await tx.run({
      text: `UPDATE webhook_endpoint SET failures = 0, failing_since = NULL, resume_at = NULL, slow = false WHERE id = $1`,
      values: [id],
    });
  }

  /** Signs with another secret from now on; with the one before as well, for as long as `overlapMs`. */
  async rotate(tx: Transaction, id: string, sealed: Buffer, overlapMs: number): Promise<void> {
    await tx.run({
      text: `UPDATE webhook_endpoint SET secret_sealed = $2,
          previous_sealed = CASE WHEN $3 > 0 THEN secret_sealed END,
          previous_until = CASE WHEN $3 > 0 THEN assent_now() + $3 * interval '1 millisecond' END
        WHERE id = $1`,
      values: [id, sealed, overlapMs],
    });
  }

  /** Removes an endpoint with all that is on its way there. @returns false where there is none */
  async remove(tx: Transaction, businessId: string, id: string): Promise<boolean> {
    const removed = await tx.run({
      text: 'DELETE FROM webhook_endpoint WHERE business_id = $1 AND id = $2',
      values: [businessId, id],
    });
    return removed === 1;
  }
}
