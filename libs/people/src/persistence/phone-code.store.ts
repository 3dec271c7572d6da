import { Injectable } from '@nestjs/common';
import type { Statement, Transaction } from '@assent/platform';
import type { OneTimeCodeState } from '@assent/accounts';
import type { NumberIndex } from './phone-index.js';

/** The codes of one number, locked, and the time at which they were. */
export interface LockedPhoneCode {
  state: OneTimeCodeState | undefined;
  codeHash: Buffer;
  now: Date;
}

/** Codes under way: one row a number, which every decision about that number's codes is made under. */
@Injectable()
export class PhoneCodeStore {
  /** Locks the row of a number, making it where there is none: two first requests meet in it and take turns. */
  async lockOrMake(tx: Transaction, { bucket, index }: NumberIndex): Promise<LockedPhoneCode> {
    return this.locked(tx, {
      text: `INSERT INTO phone_code (bucket, phone_index, code_hash, sent_at, expires_at)
        VALUES ($1, $2, '', '{}', assent_now())
        ON CONFLICT (bucket, phone_index) DO UPDATE SET attempts = phone_code.attempts
        RETURNING code_hash, attempts, sent_at, expires_at`,
      values: [bucket, index],
    });
  }

  /** Locks the row of a number, where there is one. */
  async lock(tx: Transaction, { bucket, index }: NumberIndex): Promise<LockedPhoneCode> {
    return this.locked(tx, {
      text: `SELECT code_hash, attempts, sent_at, expires_at FROM phone_code
        WHERE bucket = $1 AND phone_index = $2 FOR UPDATE`,
      values: [bucket, index],
    });
  }

  /** The time is read by a second statement, when the lock is held: one statement could read it and then wait. */
  private async locked(tx: Transaction, statement: Statement): Promise<LockedPhoneCode> {
    const [[row], now] = await Promise.all([
      tx.rows<{ code_hash: Buffer; attempts: number; sent_at: Date[]; expires_at: Date }>(statement),
      tx.now(),
    ]);
    const state = row && { attempts: row.attempts, sentAt: row.sent_at, expiresAt: row.expires_at };
    return { state, codeHash: row?.code_hash ?? Buffer.alloc(0), now };
  }

  /** Keeps a new code. */
  async keep(
    tx: Transaction,
    { bucket, index }: NumberIndex,
    state: OneTimeCodeState,
    codeHash: Buffer,
  ): Promise<void> {
    await tx.run({
      text: `UPDATE phone_code SET code_hash = $3, attempts = $4, sent_at = $5, expires_at = $6
        WHERE bucket = $1 AND phone_index = $2`,
      values: [bucket, index, codeHash, state.attempts, state.sentAt, state.expiresAt],
    });
  }

  /** Counts a wrong code against the one that lives, if one does. */
  async countAttempt(tx: Transaction, { bucket, index }: NumberIndex, now: Date): Promise<void> {
    await tx.run({
      text: `UPDATE phone_code SET attempts = attempts + 1
        WHERE bucket = $1 AND phone_index = $2 AND expires_at > $3`,
      values: [bucket, index, now],
    });
  }

  /** Ends a code that was used. Its sends stay: they still count. */
  async use(tx: Transaction, { bucket, index }: NumberIndex, now: Date): Promise<void> {
    await tx.run({
      text: `UPDATE phone_code SET code_hash = '', attempts = 0, expires_at = $3
        WHERE bucket = $1 AND phone_index = $2`,
      values: [bucket, index, now],
    });
  }

  /** Removes up to `limit` numbers whose codes ended so long ago that none of their sends counts. */
  async forget(tx: Transaction, windowMs: number, limit: number): Promise<number> {
    return tx.run({
      text: `DELETE FROM phone_code WHERE (bucket, phone_index) IN (
          SELECT bucket, phone_index FROM phone_code
          WHERE expires_at < (SELECT assent_now()) - $1 * interval '1 millisecond'
          ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED
        )`,
      values: [windowMs, limit],
    });
  }
}
