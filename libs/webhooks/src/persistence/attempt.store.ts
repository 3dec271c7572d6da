import { Injectable } from '@nestjs/common';
import { type Transaction, uuid7 } from '@assent/platform';
import type { Answer, AttemptFailure } from '../domain/attempt.js';
import type { ClaimedDelivery } from './delivery.store.js';

/** One attempt to deliver an event, as it is kept for 30 days. */
export interface WebhookAttempt {
  id: string;
  xid: string;
  eventId: string;
  eventType: string;
  attempt: number;
  at: Date;
  durationMs: number;
  statusCode: number | null;
  failure: AttemptFailure | null;
  retryAt: Date | null;
}

/** An attempt that was made. */
export interface MadeAttempt {
  claim: ClaimedDelivery;
  type: string;
  answer: Answer;
  retryAt: Date | null;
}

/** What was tried. */
@Injectable()
export class AttemptStore {
  async add(tx: Transaction, made: readonly MadeAttempt[], at: Date): Promise<void> {
    await tx.run({
      name: 'webhook-attempts-add',
      text: `INSERT INTO webhook_attempt (endpoint_id, id, business_id, event_xid, event_id, event_type, attempt, at,
          duration_ms, status_code, failure, retry_at)
        SELECT t.endpoint_id, t.id, t.business_id, t.xid, t.event_id, t.type, t.attempt, $12, t.duration_ms, t.status_code,
          t.failure, t.retry_at
        FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::xid8[], $5::uuid[], $6::text[], $7::smallint[], $8::integer[],
          $9::smallint[], $10::text[], $11::timestamptz[])
          AS t (endpoint_id, id, business_id, xid, event_id, type, attempt, duration_ms, status_code, failure, retry_at)`,
      values: [
        made.map(({ claim }) => claim.endpointId),
        made.map(() => uuid7(at.getTime())),
        made.map(({ claim }) => claim.businessId),
        made.map(({ claim }) => claim.xid),
        made.map(({ claim }) => claim.id),
        made.map(({ type }) => type),
        made.map(({ claim }) => claim.attempts),
        made.map(({ answer }) => answer.durationMs),
        made.map(({ answer }) => answer.statusCode),
        made.map(({ answer }) => answer.failure),
        made.map(({ retryAt }) => retryAt),
        at,
      ],
    });
  }

  /** Attempts at an endpoint of the transaction's business before one, newest first. */
  page(tx: Transaction, endpointId: string, before: string | null, limit: number): Promise<WebhookAttempt[]> {
    return tx.rows<WebhookAttempt & Record<string, unknown>>({
      text: `SELECT id, event_xid::text AS xid, event_id AS "eventId", event_type AS "eventType", attempt, at,
          duration_ms AS "durationMs", status_code AS "statusCode", failure, retry_at AS "retryAt"
        FROM webhook_attempt WHERE endpoint_id = $1 AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
      values: [endpointId, before, limit],
    });
  }
}
