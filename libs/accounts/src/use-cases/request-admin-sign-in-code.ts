import { Injectable } from '@nestjs/common';
import { Database, parseInput } from '@assent/platform';
import { z } from 'zod';
import { Refused } from '../domain/refused.js';
import type { CodeRefused } from '../domain/sign-in-code.js';
import { AdminStore } from '../persistence/admin.store.js';
import { IssueSignInCode } from './issue-sign-in-code.js';
import { emailRule } from './rules.js';

const schema = z.object({ email: emailRule });

/** Sends an admin a code to sign in with. */
@Injectable()
export class RequestAdminSignInCode {
  constructor(
    private readonly database: Database,
    private readonly admins: AdminStore,
    private readonly code: IssueSignInCode,
  ) {}

  /** The same answer, and the same limits, for an address that is no admin's; only nothing is sent then. */
  async execute(input: z.input<typeof schema>): Promise<{ codeExpiresAt: Date } | CodeRefused> {
    const { email } = parseInput(schema, input);
    const outcome = await this.database.transaction({ role: 'gate' }, async (tx) => {
      const [issued, admin] = await Promise.all([
        this.code.keep(tx, email, 'admin-sign-in'),
        this.admins.byEmail(tx, email),
      ]);
      return issued instanceof Refused ? issued : { issued, admin };
    });
    if (outcome instanceof Refused) return outcome;
    if (outcome.admin) this.code.send(outcome.issued, 'ADMIN_SIGN_IN');
    return { codeExpiresAt: outcome.issued.expiresAt };
  }
}
