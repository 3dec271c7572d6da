import { Injectable } from '@nestjs/common';
import { type Transaction, uuid7 } from '@assent/platform';
import { In, IsNull } from 'typeorm';
import type { Business, BusinessCategory, ReachTier } from '../domain/business.js';
import type { BusinessStatus } from '../domain/business-states.js';
import { BusinessRow } from './business.row.js';

/** What businesses are looked for by; undefined: by everything. */
export interface BusinessFilter {
  /** Its name begins so; case, and different ways to write the same characters, make no difference. */
  name?: string | undefined;
  /** It, or what is below it, is the domain of one of its requests to be verified; as URLs have it. */
  domain?: string | undefined;
  status?: BusinessStatus | undefined;
}

const COLUMNS = `b.id, b.display_name AS "displayName", b.country, b.status, b.reach_tier AS "reachTier", b.category,
  b.created_at AS "createdAt"`;
/** As `search_name` has a name. */
const searchName = (text: string) =>
  `(lower(normalize(${text}::text, NFKC) COLLATE "und-x-icu") COLLATE "C")`;

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
   * Verified businesses whose name begins with a text, by name, behind one of them: one range of an index. Case, and
   * different ways to write the same characters (NFKC), make no difference.
   */
  verifiedByName(tx: Transaction, prefix: string, after: string | null, limit: number): Promise<Business[]> {
    return tx.rows<Business & Record<string, unknown>>({
      text: `SELECT ${COLUMNS}
        FROM (SELECT ${searchName('$1')} AS text) prefix
        JOIN business b ON b.search_name >= prefix.text AND b.search_name < prefix.text || chr(1114111)
        WHERE b.status = 'VERIFIED' AND b.sandbox_of IS NULL
          AND ($2::uuid IS NULL OR (b.search_name, b.id) > (SELECT search_name, id FROM business WHERE id = $2))
        ORDER BY b.search_name, b.id LIMIT $3`,
      values: [prefix, after, limit],
    });
  }

  /**
   * Businesses of every state that match all of a filter, by name, behind one of them: ranges of indexes, and only those conditions that
   * there are, so that each has its plan.
   */
  found(
    tx: Transaction,
    { name, domain, status }: BusinessFilter,
    after: string | undefined,
    limit: number,
  ): Promise<Business[]> {
    const values: unknown[] = [limit];
    const value = (one: unknown) => `$${values.push(one)}`;
    const conditions = ['b.sandbox_of IS NULL'];
    if (name !== undefined) {
      const prefix = searchName(value(name));
      conditions.push(`b.search_name >= ${prefix} AND b.search_name < ${prefix} || chr(1114111)`);
    }
    if (domain !== undefined) {
      const prefix = `reverse('.' || ${value(domain)}::text) COLLATE "C"`;
      conditions.push(`b.id IN (SELECT business_id FROM verification
        WHERE search_domain >= ${prefix} AND search_domain < (${prefix}) || chr(1114111))`);
    }
    if (status !== undefined) conditions.push(`b.status = ${value(status)}::business_status`);
    if (after !== undefined) {
      conditions.push(
        `(b.search_name, b.id) > (SELECT search_name, id FROM business WHERE id = ${value(after)})`,
      );
    }
    return tx.rows<Business & Record<string, unknown>>({
      text: `SELECT ${COLUMNS} FROM business b WHERE ${conditions.join(' AND ')} ORDER BY b.search_name, b.id LIMIT $1`,
      values,
    });
  }

  /** What people see that it does, since a verification that says so was approved; its row is locked. */
  async setCategory(tx: Transaction, id: string, category: BusinessCategory | null): Promise<void> {
    await tx.run({ text: 'UPDATE business SET category = $2 WHERE id = $1', values: [id, category] });
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
