import { Injectable } from '@nestjs/common';
import type { Transaction } from '@assent/platform';
import type { ImportClaim, ImportJob, ImportProgress } from '../domain/import-job.js';

/** How long a worker may hold a job without getting on before others take it. */
const LEASE = '30 seconds';

const JOB = `id, business_id AS "businessId", status, created_at AS "createdAt", ended_at AS "endedAt", bytes,
  bytes_done AS "bytesDone", rows_done AS "rowsDone", counts, failure`;

/** Files of opt-ins on their way. */
@Injectable()
export class ImportJobStore {
  /** Begins an upload. @returns false where `most` others have not ended: then there is no such job */
  async begin(tx: Transaction, businessId: string, id: string, now: Date, most: number): Promise<boolean> {
    // Two that begin at once may both see room: the limit is for the order of things, nothing hangs on one more.
    const begun = await tx.run({
      text: `INSERT INTO consent_import_job (id, business_id, created_at, touched_at)
        SELECT $1, $2, $3, $3 WHERE (
          SELECT count(*) FROM consent_import_job WHERE business_id = $2 AND ended_at IS NULL
        ) < $4`,
      values: [id, businessId, now, most],
    });
    return begun === 1;
  }

  /** Notes how much of a file has arrived; with `whole` it is queued. @returns false where the upload is no more */
  async arrived(tx: Transaction, id: string, bytes: number, whole: boolean): Promise<boolean> {
    const noted = await tx.run({
      text: `UPDATE consent_import_job SET bytes = $2, touched_at = (SELECT assent_now()),
          status = CASE WHEN $3 THEN 'QUEUED' ELSE status END
        WHERE id = $1 AND status = 'UPLOADING'`,
      values: [id, bytes, whole],
    });
    return noted === 1;
  }

  /** Removes an upload that was interrupted, with what had arrived. */
  async drop(tx: Transaction, id: string): Promise<void> {
    await tx.run({
      text: `DELETE FROM consent_import_job WHERE id = $1 AND status = 'UPLOADING'`,
      values: [id],
    });
  }

  /** Cancels a job that has not ended. */
  async cancel(tx: Transaction, id: string): Promise<void> {
    await tx.run({
      text: `UPDATE consent_import_job SET status = 'CANCELLED', ended_at = (SELECT assent_now())
        WHERE id = $1 AND status IN ('QUEUED', 'RUNNING')`,
      values: [id],
    });
  }

  /** A job of the transaction's business. */
  async byId(tx: Transaction, id: string): Promise<ImportJob | undefined> {
    const [job] = await tx.rows<ImportJob & Record<string, unknown>>({
      text: `SELECT ${JOB} FROM consent_import_job WHERE id = $1`,
      values: [id],
    });
    return job;
  }

  /** Jobs of a business before one, newest first. */
  async page(
    tx: Transaction,
    businessId: string,
    before: string | null,
    limit: number,
  ): Promise<ImportJob[]> {
    return tx.rows<ImportJob & Record<string, unknown>>({
      text: `SELECT ${JOB} FROM consent_import_job
        WHERE business_id = $1 AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
      values: [businessId, before, limit],
    });
  }

  /** Claims the job that has waited longest, under a lease; in the role `engine`, as all that follows. */
  async claim(tx: Transaction): Promise<ImportClaim | undefined> {
    const [job] = await tx.rows<ImportClaim & Record<string, unknown>>({
      name: 'import-claim',
      text: `WITH due AS (
          SELECT id FROM consent_import_job
          WHERE ended_at IS NULL AND status <> 'UPLOADING'
            AND (lease_until IS NULL OR lease_until <= (SELECT assent_now()))
          ORDER BY touched_at LIMIT 1 FOR UPDATE SKIP LOCKED
        )
        UPDATE consent_import_job j SET status = 'RUNNING', touched_at = (SELECT assent_now()),
          lease_until = (SELECT assent_now()) + interval '${LEASE}', fence = fence + 1, attempts = attempts + 1
        FROM due WHERE j.id = due.id
        RETURNING j.id, business_id AS "businessId", bytes, fence, attempts, header, bytes_done AS "bytesDone",
          lines_done AS "linesDone", rows_done AS "rowsDone", parts_done AS "partsDone", counts`,
    });
    return job;
  }

  /** Notes how far a job is, and renews the lease. @returns false where somebody else holds it by now, or it was cancelled */
  async advance(tx: Transaction, { id, fence }: ImportClaim, to: ImportProgress): Promise<boolean> {
    const noted = await tx.run({
      name: 'import-advance',
      text: `UPDATE consent_import_job SET header = $3, bytes_done = $4, lines_done = $5, rows_done = $6, parts_done = $7,
          counts = $8, lease_until = (SELECT assent_now()) + interval '${LEASE}', attempts = 0
        WHERE id = $1 AND fence = $2 AND status = 'RUNNING'`,
      values: [
        id,
        fence,
        to.header,
        to.bytesDone,
        to.linesDone,
        to.rowsDone,
        to.partsDone,
        JSON.stringify(to.counts),
      ],
    });
    return noted === 1;
  }

  /** Lets go of a job, to be taken up again behind those that wait longer. */
  async release(tx: Transaction, { id, fence }: ImportClaim): Promise<void> {
    await tx.run({
      text: `UPDATE consent_import_job SET lease_until = NULL WHERE id = $1 AND fence = $2`,
      values: [id, fence],
    });
  }

  /** Ends a job: as done, or with what was wrong. Nothing where somebody else holds it by now. */
  async end(tx: Transaction, { id, fence }: ImportClaim, failure: string | null): Promise<void> {
    await tx.run({
      text: `UPDATE consent_import_job SET status = CASE WHEN $3::text IS NULL THEN 'DONE' ELSE 'FAILED' END::consent_import_status,
          failure = $3, ended_at = (SELECT assent_now()), lease_until = NULL
        WHERE id = $1 AND fence = $2 AND status = 'RUNNING'`,
      values: [id, fence, failure],
    });
  }

  /**
   * Removes up to `limit` pieces of files that nobody reads any more, whole jobs that ended `days` ago, and uploads that
   * have stood still for an hour. @returns how many rows it removed
   */
  async forget(tx: Transaction, days: number, limit: number): Promise<number> {
    const removed = await Promise.all([
      tx.run({
        text: `DELETE FROM consent_import_piece WHERE (job_id, nr) IN (
            SELECT p.job_id, p.nr FROM consent_import_job j JOIN consent_import_piece p ON p.job_id = j.id
            WHERE j.ended_at IS NOT NULL LIMIT $1)`,
        values: [limit],
      }),
      tx.run({
        text: `DELETE FROM consent_import_result WHERE (job_id, nr) IN (
            SELECT r.job_id, r.nr FROM consent_import_job j JOIN consent_import_result r ON r.job_id = j.id
            WHERE j.ended_at <= (SELECT assent_now()) - $1 * interval '24 hours' LIMIT $2)`,
        values: [days, limit],
      }),
      tx.run({
        text: `DELETE FROM consent_import_job j
          WHERE ended_at <= (SELECT assent_now()) - $1 * interval '24 hours'
            AND NOT EXISTS (SELECT FROM consent_import_piece WHERE job_id = j.id)
            AND NOT EXISTS (SELECT FROM consent_import_result WHERE job_id = j.id)`,
        values: [days],
      }),
      tx.run({
        text: `DELETE FROM consent_import_job
          WHERE status = 'UPLOADING' AND touched_at <= (SELECT assent_now()) - interval '1 hour'`,
      }),
    ]);
    return removed.reduce((sum, rows) => sum + rows, 0);
  }
}
