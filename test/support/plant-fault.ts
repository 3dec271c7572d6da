import { type Statement, Transaction } from '@assent/platform';

/**
 * Plants a fault into every statement of this process until the returned function is called: the proof that a test
 * would notice it.
 */
export function plantFault(rewrite: (sql: string) => string): () => void {
  const target = Transaction.prototype as unknown as {
    query: (this: Transaction, statement: Statement) => Statement;
  };
  const sound = target.query;
  target.query = function (this: Transaction, statement: Statement): Statement {
    // Without its name: a sound statement that was prepared before would be used instead.
    return sound.call(this, { text: rewrite(statement.text), values: statement.values });
  };
  return () => {
    target.query = sound;
  };
}

/** Every row lock left out. */
export const withoutLocks = (sql: string) => sql.replace(/\sFOR NO KEY UPDATE(?: OF \w+)?/g, '');
