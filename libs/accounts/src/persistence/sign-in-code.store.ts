import { Injectable } from '@nestjs/common';
import type { Transaction } from '@assent/platform';
import type { OneTimeCodeState } from '../domain/one-time-code.js';

/** The codes of one address, locked, and the time at which they were. */
export interface LockedSignInCode {
  state: OneTimeCodeState | undefined;
  codeHash: Buffer;
  now: Date;
}

/**
 * Codes under way: one row an address, member or not, which every decision about its codes is made under. An address
 * that nobody has is kept the same way, so that its limits answer as a member's do; `forget` removes both alike.
 */
@Injectable()
export class SignInCodeStore {
  /** Locks the row of an address, making it first where there is none: two first requests then meet in it. */
  async lockOrMake(tx: Transaction, email: string): Promise<LockedSignInCode & { state: OneTimeCodeState }> {
    const [row] = await tx.rows<CodeRow & { now: Date }>({
      // One statement, so that `forget` can not come between making and locking. What it returns, the time too, is
      // computed once the lock is held.
      text: `INSERT INTO sign_in_code AS code (email, code_hash, sent_at, expires_at)
        VALUES ($1, '', '{}', assent_now())
        ON CONFLICT (email) DO UPDATE SET attempts = code.attempts
        RETURNING code_hash, attempts, sent_at, expires_at, assent_now() AS now`,
      values: [email],
    });
    if (!row) throw new Error('The row of an address was made and is not there');
    return { state: toState(row), codeHash: row.code_hash, now: row.now };
  }

  /** Locks the row of an address, where there is one. The time is read by a later statement, when the lock is held. */
  async lock(tx: Transaction, email: string): Promise<LockedSignInCode> {
    const [[row], now] = await Promise.all([
      tx.rows<CodeRow>({
        text: `SELECT code_hash, attempts, sent_at, expires_at FROM sign_in_code WHERE email = $1 FOR UPDATE`,
        values: [email],
      }),
      tx.now(),
    ]);
    return { state: row && toState(row), codeHash: row?.code_hash ?? Buffer.alloc(0), now };
  }

  /** Keeps a new code in place of the one before. */
  async keep(tx: Transaction, email: string, state: OneTimeCodeState, codeHash: Buffer): Promise<void> {
    await tx.run({
      text: `UPDATE sign_in_code SET code_hash = $2, attempts = $3, sent_at = $4, expires_at = $5 WHERE email = $1`,
      values: [email, codeHash, state.attempts, state.sentAt, state.expiresAt],
    });
  }

  /** Counts a wrong code. */
  async countAttempt(tx: Transaction, email: string): Promise<void> {
    await tx.run({
      text: 'UPDATE sign_in_code SET attempts = least(attempts + 1, 100) WHERE email = $1',
      values: [email],
    });
  }

  /** Ends a code that was used. Its sends stay: they still count. */
  async use(tx: Transaction, email: string, now: Date): Promise<void> {
    await tx.run({
      text: `UPDATE sign_in_code SET code_hash = '', attempts = 0, expires_at = $2 WHERE email = $1`,
      values: [email, now],
    });
  }

  /** Removes up to `limit` addresses whose codes ended so long ago that none of their sends counts. */
  forget(tx: Transaction, windowMs: number, limit: number): Promise<number> {
    return tx.run({
      text: `DELETE FROM sign_in_code WHERE email IN (
          SELECT email FROM sign_in_code
          WHERE expires_at < (SELECT assent_now()) - $1 * interval '1 millisecond'
          ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED)`,
      values: [windowMs, limit],
    });
  }
}

interface CodeRow {
  code_hash: Buffer;
  attempts: number;
  sent_at: Date[];
  expires_at: Date;
}

function toState({ attempts, sent_at, expires_at }: CodeRow): OneTimeCodeState {
  return { attempts, sentAt: sent_at, expiresAt: expires_at };
}
