import { Injectable } from '@nestjs/common';
import type { Transaction } from '@assent/platform';

/** The second factor of an admin. */
export interface SecondFactor {
  sealedSecret: Buffer;
  /** Null: begun, and not confirmed by a code yet. */
  enrolledAt: Date | null;
  /** The newest step whose code was accepted: none is accepted twice. */
  lastStep: number;
  /** Times of wrong codes, oldest first. */
  wrong: Date[];
}

/** Second factors of admins and their recovery codes; in the role `gate`. */
@Injectable()
export class SecondFactorStore {
  /** Locks what an admin has, so that of two requests with one code one is accepted. The time is read behind the lock. */
  async lock(tx: Transaction, adminId: string): Promise<{ factor: SecondFactor | undefined; now: Date }> {
    const [[factor], now] = await Promise.all([
      tx.rows<SecondFactor>({
        text: `SELECT sealed_secret AS "sealedSecret", enrolled_at AS "enrolledAt", last_step AS "lastStep", wrong
          FROM admin_second_factor WHERE admin_id = $1 FOR UPDATE`,
        values: [adminId],
      }),
      tx.now(),
    ]);
    return { factor, now };
  }

  /** Begins, or begins anew what was not confirmed. @returns false where one is enrolled */
  async begin(tx: Transaction, adminId: string, sealedSecret: Buffer): Promise<boolean> {
    const begun = await tx.run({
      text: `INSERT INTO admin_second_factor (admin_id, sealed_secret) VALUES ($1, $2)
        ON CONFLICT (admin_id) DO UPDATE SET sealed_secret = $2 WHERE admin_second_factor.enrolled_at IS NULL`,
      values: [adminId, sealedSecret],
    });
    return begun > 0;
  }

  /** Notes an accepted code; the first one enrols. @param step null: it was a recovery code */
  async accept(tx: Transaction, adminId: string, step: number | null, now: Date): Promise<void> {
    await tx.run({
      text: `UPDATE admin_second_factor SET wrong = '{}', last_step = coalesce($2, last_step),
        enrolled_at = coalesce(enrolled_at, $3) WHERE admin_id = $1`,
      values: [adminId, step, now],
    });
  }

  async keepWrong(tx: Transaction, adminId: string, wrong: readonly Date[]): Promise<void> {
    await tx.run({
      text: 'UPDATE admin_second_factor SET wrong = $2 WHERE admin_id = $1',
      values: [adminId, wrong],
    });
  }

  async addRecoveryCodes(tx: Transaction, adminId: string, hashes: readonly Buffer[]): Promise<void> {
    await tx.run({
      text: `INSERT INTO admin_recovery_code (admin_id, code_hash) SELECT $1, * FROM unnest($2::bytea[])`,
      values: [adminId, hashes],
    });
  }

  /** Uses a recovery code, under the lock of the factor. @returns false where there is none that nobody used */
  async useRecoveryCode(tx: Transaction, adminId: string, hash: Buffer, now: Date): Promise<boolean> {
    const used = await tx.run({
      text: `UPDATE admin_recovery_code SET used_at = $3 WHERE admin_id = $1 AND code_hash = $2 AND used_at IS NULL`,
      values: [adminId, hash, now],
    });
    return used > 0;
  }

  /** From now on the session of this token is full, and fresh. */
  async prove(tx: Transaction, tokenHash: Buffer, now: Date): Promise<void> {
    await tx.run({
      text: 'UPDATE admin_token SET second_factor_at = $2 WHERE token_hash = $1',
      values: [tokenHash, now],
    });
  }

  /** Forgets the factor of an admin who lost it, and what was proved by it. */
  async reset(tx: Transaction, adminId: string): Promise<void> {
    await tx.run({ text: 'DELETE FROM admin_recovery_code WHERE admin_id = $1', values: [adminId] });
    await tx.run({ text: 'DELETE FROM admin_second_factor WHERE admin_id = $1', values: [adminId] });
    await tx.run({
      text: 'UPDATE admin_token SET second_factor_at = NULL WHERE admin_id = $1',
      values: [adminId],
    });
  }
}
