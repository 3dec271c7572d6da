import type { Transaction } from '@assent/platform';

/**
 * Locks what sending and matching of a business lock, making it where it is the first: what is changed for the
 * business in this transaction then counts for every decision that commits after it, and for none before. The rows are
 * taken one after the other, the guard first; nobody who holds the second asks for the first.
 *
 * @returns false where there is no such business
 */
export async function lockBusiness(tx: Transaction, businessId: string): Promise<boolean> {
  const values = [businessId];
  const [found] = await Promise.all([
    tx.rows({ text: 'SELECT FROM business WHERE id = $1', values }),
    ...['business_guard', 'match_budget'].flatMap((table) => [
      tx.run({
        text: `INSERT INTO ${table} (business_id) SELECT id FROM business WHERE id = $1 ON CONFLICT DO NOTHING`,
        values,
      }),
      tx.run({ text: `SELECT FROM ${table} WHERE business_id = $1 FOR NO KEY UPDATE`, values }),
    ]),
  ]);
  return found.length > 0;
}
