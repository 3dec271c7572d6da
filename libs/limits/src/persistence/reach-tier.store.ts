import { Injectable } from '@nestjs/common';
import type { Transaction } from '@assent/platform';
import type { ReachTier } from '../domain/reach.js';
import type { TierChange, TierGrounds } from '../domain/tier-changes.js';

type ChangeRow = Omit<TierChange, 'grounds'> & { [Name in keyof TierGrounds]: TierGrounds[Name] | null };

/** Reach tiers and the history of their changes. */
@Injectable()
export class ReachTierStore {
  /** The tier of a business, under its lock. */
  async tierOf(tx: Transaction, businessId: string): Promise<ReachTier> {
    const [row] = await tx.rows<{ tier: ReachTier }>({
      text: 'SELECT reach_tier AS tier FROM business WHERE id = $1',
      values: [businessId],
    });
    if (!row) throw new Error('A business that was locked is not there');
    return row.tier;
  }

  /** Verified businesses whose tier can still be raised, by id; a sandbox follows its business. */
  async raisable(tx: Transaction, after: string | null, limit: number): Promise<string[]> {
    const rows = await tx.rows<{ id: string }>({
      text: `SELECT id FROM business
        WHERE status = 'VERIFIED' AND reach_tier < 'UNLIMITED' AND sandbox_of IS NULL AND ($1::uuid IS NULL OR id > $1)
        ORDER BY id LIMIT $2`,
      values: [after, limit],
    });
    return rows.map(({ id }) => id);
  }

  /**
   * What is known of a business's use of its tier: of each contact the last time it took a place is kept, so those that
   * took one since are different people. It reads all that the business ever messaged.
   */
  async use(
    tx: Transaction,
    businessId: string,
    since: Date,
  ): Promise<{ verified: boolean; tier: ReachTier; people: number; lastChangedAt: Date | null }> {
    const [row] = await tx.rows<{
      verified: boolean;
      tier: ReachTier;
      people: number;
      lastChangedAt: Date | null;
    }>({
      text: `SELECT status = 'VERIFIED' AS verified, reach_tier AS tier,
          (SELECT count(*)::int FROM contact_state WHERE business_id = $1 AND reach_taken_at > $2) AS people,
          (SELECT changed_at FROM reach_tier_change WHERE business_id = $1 ORDER BY id DESC LIMIT 1) AS "lastChangedAt"
        FROM business WHERE id = $1`,
      values: [businessId, since],
    });
    if (!row) throw new Error('A business that was locked is not there');
    return row;
  }

  /** Changes the tier and keeps why, under the lock of the business. */
  async change(tx: Transaction, change: TierChange): Promise<void> {
    const { id, businessId, from, to, cause, grounds, reason, changedBy, changedAt } = change;
    await Promise.all([
      tx.run({
        text: 'UPDATE business SET reach_tier = $2 WHERE id = $1 OR sandbox_of = $1',
        values: [businessId, to],
      }),
      tx.run({
        text: `INSERT INTO reach_tier_change
            (id, business_id, from_tier, to_tier, cause, people, places, quality, reason, changed_by, changed_at)
          VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
        values: [
          id,
          businessId,
          from,
          to,
          cause,
          grounds?.people,
          grounds?.places,
          grounds?.quality,
          reason,
          changedBy,
          changedAt,
        ],
      }),
    ]);
  }

  /** Changes of a business's tier, newest first; one more than asked for, if there is one. Who of the staff it was, admins only read. */
  async page(
    tx: Transaction,
    businessId: string,
    { first, after, forAdmin }: { first: number; after: string | undefined; forAdmin: boolean },
  ): Promise<TierChange[]> {
    const rows = await tx.rows<ChangeRow>({
      text: `SELECT id, business_id AS "businessId", from_tier AS "from", to_tier AS "to", cause, people, places, quality,
          reason, ${forAdmin ? 'changed_by' : 'NULL'} AS "changedBy", changed_at AS "changedAt"
        FROM reach_tier_change WHERE business_id = $1 AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
      values: [businessId, after, first + 1],
    });
    return rows.map(({ people, places, quality, ...change }) => ({
      ...change,
      grounds: people !== null && places !== null && quality !== null ? { people, places, quality } : null,
    }));
  }
}
