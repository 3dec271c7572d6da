/**
 * Joins the one row of a table that has a key, found by it for each row before: `alias`, with its `place` (the row's `ctid`) beside
 * its columns. For tables that fill and empty, like queues: while one is known to be empty, a join by key may be planned with the
 * whole of it outside, whatever a scope allows (ADR 54), and such a plan is kept for when it is long. A limit leaves no choice.
 *
 * @param key a condition that holds of one row at most
 * @param lock as in a SELECT, such as `FOR NO KEY UPDATE`; whoever locks may write by `place` until the end of the transaction
 */
export function lookUp(table: string, alias: string, key: string, lock = ''): string {
  return `CROSS JOIN LATERAL (
    SELECT ${alias}.*, ${alias}.ctid AS place FROM ${table} ${alias} WHERE ${key} LIMIT 1 ${lock}
  ) ${alias}`;
}

/**
 * A parameter that is a list, in a form whose length the planner does not look at. A plan that is made for a given list, of one
 * business say, is cheaper on paper than one for lists of any length, and so is never kept: the statement would be planned anew each
 * time, which takes longer than a short list does (ADR 56). Behind `ANY` it needs a cast, or is taken for rows.
 *
 * @param type of its elements
 */
export const unseen = (parameter: number, type: string): string => `(SELECT $${parameter}::${type}[])`;
