import { Injectable } from '@nestjs/common';
import { type Transaction, uuid7 } from '@assent/platform';
import { In, IsNull } from 'typeorm';
import type { Business, ReachTier } from '../domain/business.js';
import type { BusinessStatus } from '../domain/business-states.js';
import { BusinessRow } from './business.row.js';

/** Businesses. */
@Injectable()
export class BusinessStore {
  async byId(tx: Transaction, id: string): Promise<Business> {
    return tx.manager.findOneByOrFail(BusinessRow, { id });
  }

  /** Sandboxes are left out: to the outside there is no such business. */
  byIds(tx: Transaction, ids: readonly string[]): Promise<Business[]> {
    return tx.manager.findBy(BusinessRow, { id: In([...new Set(ids)]), sandboxOf: IsNull() });
  }

  /**
   * A business's status, its row locked until the end of the transaction: whoever changes its state, or counts what
   * it has, takes turns. Sending locks other rows, so it does not wait.
   */
  async lockStatus(tx: Transaction, id: string): Promise<BusinessStatus> {
    const [row] = await tx.rows<{ status: BusinessStatus }>({
      text: 'SELECT status FROM business WHERE id = $1 FOR NO KEY UPDATE',
      values: [id],
    });
    if (!row) throw new Error('A business that acts is not there');
    return row.status;
  }

  async setStatus(tx: Transaction, id: string, status: BusinessStatus): Promise<void> {
    await tx.run({
      text: 'UPDATE business SET status = $2::business_status WHERE id = $1',
      values: [id, status],
    });
  }

  /** Raises the reach tier to at least this one, since the business was verified by an admin; its row is locked. Its sandbox follows. */
  async raiseReachTier(tx: Transaction, id: string, tier: ReachTier, adminId: string): Promise<void> {
    const now = await tx.now();
    await tx.run({
      text: `WITH before AS (SELECT reach_tier FROM business WHERE id = $1 AND reach_tier < $2::reach_tier),
        kept AS (
          INSERT INTO reach_tier_change (id, business_id, from_tier, to_tier, cause, changed_by, changed_at)
          SELECT $3, $1, reach_tier, $2, 'VERIFICATION', $4, $5 FROM before
        )
        UPDATE business SET reach_tier = $2 FROM before WHERE id = $1 OR sandbox_of = $1`,
      values: [id, tier, uuid7(now.getTime()), adminId, now],
    });
  }
}
