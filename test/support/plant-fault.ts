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
  if (text === undefined) return query;
  const faulty = rewrite(text);
  // Without its name: a sound statement that was prepared before would be used instead.
  return faulty === text ? query : { text: faulty, values };
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

/** Every claim takes one conversation, so that as many workers as there are decide about one person at once. */
const oneAtATime = (sql: string) =>
  sql.replace('ORDER BY due_at LIMIT $1', 'ORDER BY due_at LIMIT least($1, 1)');

/** Nothing is dispatched, until it is healed: then all of it is, at once. */
const withoutDispatch = (sql: string) =>
  sql.replace('ORDER BY due_at LIMIT $1', 'ORDER BY due_at LIMIT least($1, 0)');

/** Several workers dispatch one conversation, none notices, and each takes its own time between its state and its messages. */
const withoutClaims = (sql: string) =>
  sql
    .replace(' FOR UPDATE SKIP LOCKED', '')
    .replace('AND (lease_until IS NULL OR lease_until <= (SELECT assent_now()))', '')
    .replaceAll(/ AND q\.fence = \w+\.fence/g, '')
    .replace(
      /^(SELECT q\.lane, [^;]*s\.marketing_unread[^;]*)$/,
      '$1 CROSS JOIN (SELECT pg_sleep(random() * 0.3) OFFSET 0) slow',
    );

/** What a process took of a budget of requests takes the place of what all of them did. */
const withoutAddingUp = (sql: string) =>
  sql.replace('known.full_at + (excluded.full_at - (SELECT now FROM clock))', 'excluded.full_at');

/** Faults by name, as processes are told of them. */
export const FAULTS = { withoutLocks, oneAtATime, withoutDispatch, withoutClaims, withoutAddingUp };
