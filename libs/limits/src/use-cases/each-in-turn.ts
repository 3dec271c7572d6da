import { type Database, inPages, type Transaction } from '@assent/platform';

const PAGE = 200;
const ENGINE = { role: 'engine' } as const;

/**
 * Judges businesses one after the other, each in a transaction of its own, so that none waits for another.
 *
 * @param read ids behind one, in their order, as many as asked for where there are so many
 * @returns of how many `judge` said that something has changed
 */
export async function eachInTurn(
  database: Database,
  read: (tx: Transaction, after: string | null, limit: number) => Promise<string[]>,
  judge: (tx: Transaction, id: string) => Promise<boolean>,
): Promise<number> {
  const ids = inPages<string>(PAGE, (last, limit) =>
    database.transaction(ENGINE, (tx) => read(tx, last ?? null, limit)),
  );
  let changed = 0;
  for await (const id of ids) if (await database.transaction(ENGINE, (tx) => judge(tx, id))) changed += 1;
  return changed;
}
