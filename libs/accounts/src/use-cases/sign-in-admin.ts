import { Injectable } from '@nestjs/common';
import { OPERATOR_LEDGER, plainAct, RecordActs } from '@assent/ledger';
import { Database, hashSecret, KeyRing, newSecret, parseInput, publicId } from '@assent/platform';
import type { z } from 'zod';
import type { Admin } from '../domain/admin.js';
import { Refused } from '../domain/refused.js';
import type { SignInRefusal } from '../domain/sign-in-code.js';
import { AdminStore } from '../persistence/admin.store.js';
import type { AdminCredential } from './create-admin-token.js';
import { signInRule } from './rules.js';
import { SESSION_MS } from './open-member-session.js';
import { TakeSignInCode } from './take-sign-in-code.js';

/** Signs an admin in by the code that was sent to their address. What the session may do besides needs their second factor. */
@Injectable()
export class SignInAdmin {
  constructor(
    private readonly database: Database,
    private readonly keys: KeyRing,
    private readonly admins: AdminStore,
    private readonly codes: TakeSignInCode,
    private readonly acts: RecordActs,
  ) {}

  async execute(
    input: z.input<typeof signInRule>,
  ): Promise<(AdminCredential & { admin: Admin }) | SignInRefusal> {
    const given = parseInput(signInRule, input);
    const token = newSecret('adt');
    const tokenHash = hashSecret(this.keys, token);
    return this.database.transaction({ role: 'gate' }, async (tx) => {
      const taken = await this.codes.execute(tx, 'admin-sign-in', given, () =>
        this.admins.byEmail(tx, given.email),
      );
      if (taken instanceof Refused) return taken;
      const { account: admin, now: createdAt } = taken;
      const expiresAt = new Date(createdAt.getTime() + SESSION_MS);
      await this.admins.addToken(tx, { tokenHash, adminId: admin.id, createdAt, expiresAt, revokedAt: null });
      await this.acts.within(
        tx,
        plainAct({
          ledger: OPERATOR_LEDGER,
          actorKind: 'ADMIN',
          actorId: admin.id,
          name: 'signInAdmin',
          subjects: [publicId('adm', admin.id)],
        }),
      );
      return { token, expiresAt, admin: Object.assign(admin, { signedInAt: admin.signedInAt ?? createdAt }) };
    });
  }
}
