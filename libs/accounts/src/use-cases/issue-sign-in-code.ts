import { Injectable } from '@nestjs/common';
import { hashCode, KeyRing, newCode, type Transaction } from '@assent/platform';
import type { SignInOccasion } from '../adapters/mailer.js';
import { Mailer } from '../adapters/mailer.js';
import { type CodeRefused, judgeSignInSend } from '../domain/sign-in-code.js';
import { Refused } from '../domain/refused.js';
import { SignInCodeStore } from '../persistence/sign-in-code.store.js';
import { Afterwards } from './afterwards.js';

/** A code that is kept and not sent yet. */
export interface IssuedCode {
  email: string;
  code: string;
  expiresAt: Date;
  now: Date;
}

/** Whose session a code opens. An address may be a member's and an admin's; a code is good for the one that asked. */
export type SignInPurpose = 'sign-in' | 'admin-sign-in';

/** Makes the codes that members and admins sign in with, and sends them. */
@Injectable()
export class IssueSignInCode {
  constructor(
    private readonly keys: KeyRing,
    private readonly codes: SignInCodeStore,
    private readonly mailer: Mailer,
    private readonly afterwards: Afterwards,
  ) {}

  /** Keeps a new code for an address, under the lock of that address, or says why there is none now. */
  async keep(
    tx: Transaction,
    email: string,
    purpose: SignInPurpose = 'sign-in',
  ): Promise<IssuedCode | CodeRefused> {
    const { state, now } = await this.codes.lockOrMake(tx, email);
    const verdict = judgeSignInSend(state, now);
    if (verdict instanceof Refused) return verdict;
    const code = newCode();
    await this.codes.keep(tx, email, verdict, hashCode(this.keys, purpose, email, code));
    return { email, code, expiresAt: verdict.expiresAt, now };
  }

  /**
   * Sends a code, once it is committed. Nobody waits for it: how long a mail server takes, or that it fails, would tell
   * addresses of members from others.
   */
  send({ email, code }: IssuedCode, occasion: SignInOccasion): void {
    this.afterwards.run('A sign-in code could not be mailed', () =>
      this.mailer.send({ to: email, code, occasion }),
    );
  }
}
