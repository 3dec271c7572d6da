import { Injectable } from '@nestjs/common';
import type { Transaction } from '@assent/platform';
import type { PauseState, PauseStep } from '../domain/pause-ladder.js';

/** How far down the ladder a template is; written under its row's lock. */
@Injectable()
export class PauseStore {
  /** Locks a template and reads, in a later statement, where it stands. */
  async lock(tx: Transaction, id: string): Promise<(PauseState & { businessId: string }) | undefined> {
    const [, [row]] = await Promise.all([
      tx.run({ text: 'SELECT FROM template WHERE id = $1 FOR NO KEY UPDATE', values: [id] }),
      tx.rows<PauseState & { businessId: string }>({
        text: `SELECT business_id AS "businessId", pause_count AS "pauseCount", paused_until AS "pausedUntil",
            disabled_at AS "disabledAt"
          FROM template WHERE id = $1`,
        values: [id],
      }),
    ]);
    return row;
  }

  /** Whoever waits behind its sample does not wait for the end of that: the sample has failed. */
  async record(
    tx: Transaction,
    id: string,
    step: Exclude<PauseStep, { kind: 'ALREADY_STOPPED' }>,
    at: Date,
    why: string,
  ): Promise<void> {
    const paused = step.kind === 'PAUSED';
    await tx.run({
      text: `WITH failed AS (UPDATE template_sample SET failed_at = coalesce($3::timestamptz, $5::timestamptz) WHERE template_id = $1)
        UPDATE template SET pause_count = $2, paused_at = $3, paused_until = $4, disabled_at = $5, stopped_because = $6
        WHERE id = $1`,
      values: [id, step.pauseCount, paused ? at : null, paused ? step.until : null, paused ? null : at, why],
    });
  }

  /** Ends a pause or a disabling, and lets the ladder begin anew. */
  async clear(tx: Transaction, id: string): Promise<void> {
    await tx.run({
      text: `UPDATE template SET pause_count = 0, paused_at = NULL, paused_until = NULL, disabled_at = NULL,
          stopped_because = NULL
        WHERE id = $1`,
      values: [id],
    });
  }
}
