import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { hashCode, KeyRing, type Transaction } from '@assent/platform';
import { Refused } from '../domain/refused.js';
import { judgeSignIn, type SignInRefusal } from '../domain/sign-in-code.js';
import { SignInCodeStore } from '../persistence/sign-in-code.store.js';
import type { SignInPurpose } from './issue-sign-in-code.js';

/** Takes the codes that members and admins sign in with: each once. */
@Injectable()
export class TakeSignInCode {
  constructor(
    private readonly keys: KeyRing,
    private readonly codes: SignInCodeStore,
  ) {}

  /**
   * Uses a code up, under the lock of its address, or says why it signs nobody in.
   * @param find whose the address is; null: an address without an account has codes too, which nobody was sent
   */
  async execute<Account>(
    tx: Transaction,
    purpose: SignInPurpose,
    { email, code }: { email: string; code: string },
    find: () => Promise<Account | null>,
  ): Promise<{ account: Account; now: Date } | SignInRefusal> {
    const given = hashCode(this.keys, purpose, email, code);
    const [{ state, codeHash, now }, account] = await Promise.all([this.codes.lock(tx, email), find()]);
    const matches = codeHash.length === given.length && timingSafeEqual(codeHash, given);
    // Guessing a code of an address without an account signs nobody in.
    const verdict = judgeSignIn(state, matches && account !== null, now);
    if (verdict instanceof Refused) {
      if (verdict.reason === 'CODE_INVALID') await this.codes.countAttempt(tx, email);
      return verdict;
    }
    if (account === null) throw new Error('A code was accepted for an address without an account');
    await this.codes.use(tx, email, now);
    return { account, now };
  }
}
