import { Injectable } from '@nestjs/common';
import { Database, parseInput } from '@assent/platform';
import { z } from 'zod';
import { Refused } from '../domain/refused.js';
import type { CodeRefused } from '../domain/sign-in-code.js';
import { MemberStore } from '../persistence/member.store.js';
import { IssueSignInCode } from './issue-sign-in-code.js';
import { emailRule } from './rules.js';

const schema = z.object({ email: emailRule });

/** Sends a member a code to sign in with. */
@Injectable()
export class RequestSignInCode {
  constructor(
    private readonly database: Database,
    private readonly members: MemberStore,
    private readonly code: IssueSignInCode,
  ) {}

  /** The same answer, and the same limits, for an address that is no member's; only nothing is sent then. */
  async execute(input: z.input<typeof schema>): Promise<{ codeExpiresAt: Date } | CodeRefused> {
    const { email } = parseInput(schema, input);
    const outcome = await this.database.transaction({ role: 'gate' }, async (tx) => {
      const [issued, member] = await Promise.all([
        this.code.keep(tx, email),
        this.members.byEmail(tx, email),
      ]);
      return issued instanceof Refused ? issued : { issued, member };
    });
    if (outcome instanceof Refused) return outcome;
    if (outcome.member) this.code.send(outcome.issued, 'SIGN_IN');
    return { codeExpiresAt: outcome.issued.expiresAt };
  }
}
