import { Injectable } from '@nestjs/common';
import { Database, parseInput } from '@assent/platform';
import type { z } from 'zod';
import { Refused } from '../domain/refused.js';
import type { SignInRefusal } from '../domain/sign-in-code.js';
import { SINGLE_SIGN_ON_REASONS } from '../domain/single-sign-on-reasons.js';
import { MemberStore } from '../persistence/member.store.js';
import { SingleSignOnStore } from '../persistence/single-sign-on.store.js';
import { type OpenedSession, OpenMemberSession } from './open-member-session.js';
import { signInRule } from './rules.js';
import { TakeSignInCode } from './take-sign-in-code.js';

/** Signs a member in by the code that was sent to their address. */
@Injectable()
export class SignIn {
  constructor(
    private readonly database: Database,
    private readonly members: MemberStore,
    private readonly codes: TakeSignInCode,
    private readonly singleSignOn: SingleSignOnStore,
    private readonly session: OpenMemberSession,
  ) {}

  async execute(
    input: z.input<typeof signInRule>,
  ): Promise<OpenedSession | SignInRefusal | Refused<'SINGLE_SIGN_ON_REQUIRED'>> {
    const given = parseInput(signInRule, input);
    return this.database.transaction({ role: 'gate' }, async (tx) => {
      const taken = await this.codes.execute(tx, 'sign-in', given, () =>
        this.members.byEmail(tx, given.email),
      );
      if (taken instanceof Refused) return taken;
      const { account, now } = taken;
      // Owners can always come in by a code: a provider that fails is not to lock a business out.
      if (account.role !== 'OWNER' && (await this.singleSignOn.isRequired(tx, account.businessId))) {
        return new Refused('SINGLE_SIGN_ON_REQUIRED', SINGLE_SIGN_ON_REASONS.SINGLE_SIGN_ON_REQUIRED.message);
      }
      return this.session.execute(tx, account, now, 'signIn');
    });
  }
}
