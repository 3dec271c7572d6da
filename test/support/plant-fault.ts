import pg from 'pg';

type Query = (this: pg.Client, query: unknown, ...rest: unknown[]) => unknown;

/**
 * Plants a fault into every statement of this process, those that open a transaction included, until the returned
 * function is called: the proof that a test would notice it.
 */
export function plantFault(rewrite: (sql: string) => string): () => void {
  const target = pg.Client.prototype as unknown as { query: Query };
  const sound = target.query;
  target.query = function (this: pg.Client, query: unknown, ...rest: unknown[]) {
    return sound.call(this, rewritten(query, rewrite), ...rest);
  };
  return () => {
    target.query = sound;
  };
}

function rewritten(query: unknown, rewrite: (sql: string) => string): unknown {
  if (typeof query === 'string') return rewrite(query);
  const { text, values } = query as { text?: string; values?: unknown[] };
  // Without its name: a sound statement that was prepared before would be used instead.
  return text === undefined ? query : { text: rewrite(text), values };
}

/**
 * The statements of the transactions that `work` opens, one transaction after the other. What every process does beside, a
 * few milliseconds later or not, is left out: settling what was asked of it.
 */
export async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const transactions: string[][] = [];
  const open = new Map<pg.Client, string[]>();
  const target = pg.Client.prototype as unknown as { query: Query };
  const sound = target.query;
  target.query = function (this: pg.Client, query: unknown, ...rest: unknown[]) {
    const sql = typeof query === 'string' ? query : ((query as { text?: string }).text ?? '');
    if (sql.startsWith('BEGIN')) {
      const begun: string[] = [];
      open.set(this, begun);
      transactions.push(begun);
    }
    open.get(this)?.push(sql);
    return sound.call(this, query, ...rest);
  };
  try {
    await work();
  } finally {
    target.query = sound;
  }
  return transactions.filter((all) => !all.some((sql) => sql.includes('request_budget'))).flat();
}

/** Every row lock left out. */
export const withoutLocks = (sql: string) => sql.replace(/\sFOR NO KEY UPDATE(?: OF \w+)?/g, '');

/** Every transaction reads as of its first statement. */
export const repeatableRead = (sql: string) =>
  sql.replace(/^BEGIN;/, 'BEGIN ISOLATION LEVEL REPEATABLE READ;');
