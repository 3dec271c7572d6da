import { Injectable } from '@nestjs/common';
import type { Transaction } from '@assent/platform';

/** A sample that is not over, and has not failed. */
export interface OpenSample {
  templateId: string;
  beganAt: Date;
}

const OPEN = `(passed_at IS NULL OR passed_at <= began_at) AND (failed_at IS NULL OR failed_at <= began_at)`;

/** Samples of new versions of templates; in the role `engine`. Sending counts them, under the guard of their business. */
@Injectable()
export class SampleStore {
  /** Those of a business that are full, and that reactions can still decide: before their time is up. */
  open(
    tx: Transaction,
    businessId: string,
    { size, holdMs }: { size: number; holdMs: number },
  ): Promise<OpenSample[]> {
    return tx.rows({
      name: 'samples-open',
      text: `SELECT template_id AS "templateId", began_at AS "beganAt" FROM template_sample
        WHERE business_id = $1 AND ${OPEN}
          AND began_at + make_interval(secs => (out_ms / used + $3::float8) / 1000) > (SELECT assent_now())
          AND used >= coalesce((SELECT value FROM limit_override WHERE business_id = $1 AND kind = 'TEMPLATE_SAMPLE'
            AND ended_at IS NULL AND ends_at > (SELECT assent_now())), $2)`,
      values: [businessId, size, holdMs],
    });
  }

  /** Ends the sample that began then, where it is open: nothing waits behind it any more. May wait for a batch that counts it. */
  async pass(tx: Transaction, { templateId, beganAt }: OpenSample, at: Date): Promise<boolean> {
    const passed = await tx.run({
      text: `UPDATE template_sample SET passed_at = $3 WHERE template_id = $1 AND began_at = $2 AND ${OPEN}`,
      values: [templateId, beganAt, at],
    });
    return passed === 1;
  }

  /** Whether it is still open; for whoever holds the lock of its template. */
  async isOpen(tx: Transaction, { templateId, beganAt }: OpenSample): Promise<boolean> {
    const rows = await tx.rows({
      text: `SELECT FROM template_sample WHERE template_id = $1 AND began_at = $2 AND ${OPEN}`,
      values: [templateId, beganAt],
    });
    return rows.length > 0;
  }
}
