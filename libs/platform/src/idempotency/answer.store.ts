import type { Transaction } from '../database/database.js';

/** A request with a key: who asked for what under which key, and its body. Keyed hashes, of 32 bytes. */
export interface KeyedRequest {
  key: Buffer;
  body: Buffer;
  asker: Buffer;
}

/** The answer that a key was given. */
export interface KeptAnswer {
  body: Buffer;
  sealed: Buffer;
}

/** Answers to mutations by idempotency key; in the role `engine`. */
export class AnswerStore {
  /**
   * Takes a key until the end of the transaction. The lock goes with its connection, so a process that dies leaves none.
   * @returns false where another request has it
   */
  async take(tx: Transaction, { key }: KeyedRequest): Promise<boolean> {
    const [row] = await tx.rows<{ taken: boolean }>({
      name: 'idempotency-take',
      text: 'SELECT pg_try_advisory_xact_lock($1::bigint) AS taken',
      values: [key.readBigInt64BE()],
    });
    return row?.taken === true;
  }

  /** What a key was answered in the last 7 days; under its lock, and in a later statement. */
  async find(tx: Transaction, { key }: KeyedRequest): Promise<KeptAnswer | undefined> {
    const [row] = await tx.rows<{ body_hash: Buffer; answer: Buffer }>({
      name: 'idempotency-find',
      text: `SELECT body_hash, answer FROM keyed_answer
        WHERE key_hash = $1 AND created_at > (SELECT assent_now()) - interval '7 days'`,
      values: [key],
    });
    return row && { body: row.body_hash, sealed: row.answer };
  }

  async keep(tx: Transaction, { key, body, asker }: KeyedRequest, sealed: Buffer): Promise<void> {
    await tx.run({
      name: 'idempotency-keep',
      text: `INSERT INTO keyed_answer (key_hash, created_at, body_hash, asker_hash, answer)
        VALUES ($1, assent_now(), $2, $3, $4)`,
      values: [key, body, asker, sealed],
    });
  }

  /** Forgets what somebody was answered; in the role `eraser`. @returns how many answers */
  forget(tx: Transaction, asker: Buffer): Promise<number> {
    return tx.run({ text: 'DELETE FROM keyed_answer WHERE asker_hash = $1', values: [asker] });
  }
}
