import type { PersonKey, Transaction } from '@assent/platform';

/**
 * Holds a person's guard until the transaction ends: whatever else is decided about them waits. What is decided on is read
 * in a later statement, since one that waits for a lock reads everything else as of before it waited.
 * @returns whether there still is such a person
 */
export async function lockPerson(tx: Transaction, { lane, personId }: PersonKey): Promise<boolean> {
  const locked = await tx.run({
    name: 'person-lock',
    text: 'SELECT FROM person_guard WHERE lane = $1 AND person_id = $2 FOR NO KEY UPDATE',
    values: [lane, personId],
  });
  return locked === 1;
}
