import { Injectable } from '@nestjs/common';
import type { Transaction } from '@assent/platform';

/** When a business last had a domain checked: one row each, which every check is counted under. */
@Injectable()
export class DomainCheckStore {
  /** The times that are kept, with the row locked, and the time at which it was. */
  async lock(tx: Transaction, businessId: string): Promise<{ times: Date[]; now: Date }> {
    const [row] = await tx.rows<{ times: Date[]; now: Date }>({
      text: `INSERT INTO domain_check AS known (business_id, checked_at) VALUES ($1, '{}')
        ON CONFLICT (business_id) DO UPDATE SET checked_at = known.checked_at
        RETURNING checked_at AS times, assent_now() AS now`,
      values: [businessId],
    });
    if (!row) throw new Error('The row of domain checks was made and is not there');
    return row;
  }

  async keep(tx: Transaction, businessId: string, times: Date[]): Promise<void> {
    await tx.run({
      text: 'UPDATE domain_check SET checked_at = $2 WHERE business_id = $1',
      values: [businessId, times],
    });
  }
}
