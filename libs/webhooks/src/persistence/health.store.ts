import { Injectable } from '@nestjs/common';
import { type Transaction, unseen } from '@assent/platform';
import type { DisabledBecause } from '../domain/endpoint.js';
import type { Health } from '../domain/retrying.js';

/** How an endpoint is doing, its row locked. */
export interface LockedHealth extends Health {
  id: string;
  businessId: string;
  enabled: boolean;
}

/** What is noted of an endpoint after attempts. */
export interface NotedHealth extends Health {
  id: string;
  succeeded: boolean;
  failed: boolean;
}

/** An endpoint that was disabled, whose owners do not know it yet. */
export interface DisabledEndpoint {
  id: string;
  businessId: string;
  url: string;
  because: DisabledBecause;
}

/** How endpoints are doing; in the role `engine`. */
@Injectable()
export class HealthStore {
  /** Locks endpoints in the order of their ids, so that workers that note results take turns; the locked rows are what is read. */
  lock(tx: Transaction, ids: readonly string[]): Promise<LockedHealth[]> {
    return tx.rows<LockedHealth & Record<string, unknown>>({
      name: 'webhook-health-lock',
      text: `SELECT id, business_id AS "businessId", status = 'ENABLED' AS enabled, failures,
          failing_since AS "failingSince", resume_at AS "resumeAt", slow
        FROM webhook_endpoint WHERE id = ANY (${unseen(1, 'uuid')}::uuid[]) ORDER BY id FOR NO KEY UPDATE`,
      values: [ids],
    });
  }

  async note(tx: Transaction, noted: readonly NotedHealth[], at: Date): Promise<void> {
    await tx.run({
      name: 'webhook-health-note',
      text: `UPDATE webhook_endpoint e SET failures = t.failures, failing_since = t.failing_since, resume_at = t.resume_at,
          slow = t.slow,
          last_success_at = CASE WHEN t.succeeded THEN $8 ELSE e.last_success_at END,
          last_failure_at = CASE WHEN t.failed THEN $8 ELSE e.last_failure_at END
        FROM unnest($1::uuid[], $2::integer[], $3::timestamptz[], $4::timestamptz[], $5::boolean[], $6::boolean[], $7::boolean[])
          AS t (id, failures, failing_since, resume_at, slow, succeeded, failed)
        WHERE e.id = t.id`,
      values: [
        noted.map(({ id }) => id),
        noted.map(({ failures }) => failures),
        noted.map(({ failingSince }) => failingSince),
        noted.map(({ resumeAt }) => resumeAt),
        noted.map(({ slow }) => slow),
        noted.map(({ succeeded }) => succeeded),
        noted.map(({ failed }) => failed),
        at,
      ],
    });
  }

  /** Disables an endpoint that is enabled; its owners are to be told. */
  async disable(tx: Transaction, id: string, because: DisabledBecause, at: Date): Promise<void> {
    await tx.run({
      text: `UPDATE webhook_endpoint SET status = 'DISABLED', disabled_because = $2, disabled_at = $3, tell_at = $3
        WHERE id = $1 AND status = 'ENABLED'`,
      values: [id, because, at],
    });
  }

  /** Takes one disabled endpoint whose owners are to be told; should that fail, it can be taken again after 5 minutes. */
  async takeUntold(tx: Transaction): Promise<DisabledEndpoint | undefined> {
    const [row] = await tx.rows<DisabledEndpoint & Record<string, unknown>>({
      text: `UPDATE webhook_endpoint SET tell_at = assent_now() + interval '5 minutes'
        WHERE id = (
          SELECT id FROM webhook_endpoint WHERE tell_at <= (SELECT assent_now())
          ORDER BY tell_at LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED)
        RETURNING id, business_id AS "businessId", url, disabled_because AS because`,
    });
    return row;
  }

  async told(tx: Transaction, id: string): Promise<void> {
    await tx.run({ text: 'UPDATE webhook_endpoint SET tell_at = NULL WHERE id = $1', values: [id] });
  }
}
