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

/** Every row lock left out. */
export const withoutLocks = (sql: string) => sql.replace(/\sFOR NO KEY UPDATE(?: OF \w+)?/g, '');

/** Every transaction reads as of its first statement. */
export const repeatableRead = (sql: string) =>
  sql.replace(/^BEGIN;/, 'BEGIN ISOLATION LEVEL REPEATABLE READ;');
