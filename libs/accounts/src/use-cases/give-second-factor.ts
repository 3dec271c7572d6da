import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database, KeyRing, parseInput, type Transaction } from '@assent/platform';
import { z } from 'zod';
import { matchStep } from '../adapters/totp.js';
import { ACCOUNT_REASONS } from '../domain/account-reasons.js';
import { Refused } from '../domain/refused.js';
import { type FactorRefused, FRESH_MS, FULL_MS, judgeFactor } from '../domain/second-factor.js';
import type { AdminViewer } from '../domain/viewers.js';
import { type SecondFactor, SecondFactorStore } from '../persistence/second-factor.store.js';
import { SecondFactorVault } from '../persistence/second-factor-vault.js';

const RECOVERY_CODES = 10;
const RECOVERY_LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789';
const RECOVERY = /^[a-km-np-z2-9]{5}-[a-km-np-z2-9]{5}$/;
const schema = z.object({
  code: z
    .string()
    .trim()
    .toLowerCase()
    .refine(
      (code) => /^\d{6}$/.test(code) || RECOVERY.test(code),
      'must be the six digits of your app, or a recovery code',
    ),
});

/** What a code opened. */
export interface ProvedFactor {
  /** When the session is no longer full. */
  fullUntil: Date;
  /** Until when what is dangerous may be done. */
  freshUntil: Date;
  /** Of the code that enrolled; shown this once, else none. */
  recoveryCodes: string[];
}

/** Takes an admin's code: the session that gives it is full from then on, and fresh. */
@Injectable()
export class GiveSecondFactor {
  constructor(
    private readonly database: Database,
    private readonly keys: KeyRing,
    private readonly factors: SecondFactorStore,
    private readonly vault: SecondFactorVault,
  ) {}

  /** The first code enrols. Each code is accepted once; five wrong ones in 15 minutes stop all. */
  async execute(
    { adminId, tokenHash }: AdminViewer,
    input: z.input<typeof schema>,
  ): Promise<ProvedFactor | FactorRefused | Refused<'SECOND_FACTOR_NOT_BEGUN'>> {
    const { code } = parseInput(schema, input);
    return this.database.transaction({ role: 'gate' }, async (tx) => {
      const { factor, now } = await this.factors.lock(tx, adminId);
      if (!factor)
        return new Refused('SECOND_FACTOR_NOT_BEGUN', ACCOUNT_REASONS.SECOND_FACTOR_NOT_BEGUN.message);
      // The limit is asked before a recovery code is used up.
      const early = judgeFactor(factor.wrong, true, now);
      if (!early.accepted) return early.refused;
      const match = await this.match(tx, adminId, factor, code, now);
      const verdict = judgeFactor(factor.wrong, match !== undefined, now);
      if (!verdict.accepted || match === undefined) {
        if (verdict.accepted) throw new Error('A code was accepted that is none');
        await this.factors.keepWrong(tx, adminId, verdict.wrong);
        return verdict.refused;
      }
      await this.factors.accept(tx, adminId, match.step, now);
      await this.factors.prove(tx, tokenHash, now);
      return {
        fullUntil: new Date(now.getTime() + FULL_MS),
        freshUntil: new Date(now.getTime() + FRESH_MS),
        recoveryCodes: factor.enrolledAt ? [] : await this.makeRecoveryCodes(tx, adminId),
      };
    });
  }

  private async match(
    tx: Transaction,
    adminId: string,
    { sealedSecret, lastStep }: SecondFactor,
    code: string,
    now: Date,
  ): Promise<{ step: number | null } | undefined> {
    if (RECOVERY.test(code)) {
      const used = await this.factors.useRecoveryCode(tx, adminId, this.hashOf(adminId, code), now);
      return used ? { step: null } : undefined;
    }
    const step = matchStep(this.vault.open(adminId, sealedSecret), code, now, lastStep);
    return step === undefined ? undefined : { step };
  }

  private async makeRecoveryCodes(tx: Transaction, adminId: string): Promise<string[]> {
    const codes = Array.from({ length: RECOVERY_CODES }, newRecoveryCode);
    await this.factors.addRecoveryCodes(
      tx,
      adminId,
      codes.map((code) => this.hashOf(adminId, code)),
    );
    return codes;
  }

  private hashOf(adminId: string, code: string): Buffer {
    return this.keys.mac('recovery-code', `${adminId}\n${code}`, 1);
  }
}

/** 50 random bits, in letters that nobody mistakes for one another. */
function newRecoveryCode(): string {
  const letters = Array.from({ length: 10 }, () => RECOVERY_LETTERS.charAt(randomInt(32)));
  return `${letters.slice(0, 5).join('')}-${letters.slice(5).join('')}`;
}
