import { Injectable } from '@nestjs/common';
import { plainAct, RecordActs } from '@assent/ledger';
import { Database, hashSecret, KeyRing, newSecret, parseInput, publicId } from '@assent/platform';
import type { z } from 'zod';
import { permissionsOfRole } from '../domain/permissions.js';
import { Refused } from '../domain/refused.js';
import type { SignInRefusal } from '../domain/sign-in-code.js';
import { BusinessViewer } from '../domain/viewers.js';
import { MemberStore } from '../persistence/member.store.js';
import { signInRule } from './rules.js';
import { TakeSignInCode } from './take-sign-in-code.js';

/** How long a session of a member or an admin lasts. */
export const SESSION_MS = 12 * 60 * 60_000;

/** A session that was opened. The token is shown this once. */
export interface OpenedSession {
  token: string;
  expiresAt: Date;
  viewer: BusinessViewer;
}

/** Signs a member in by the code that was sent to their address. */
@Injectable()
export class SignIn {
  constructor(
    private readonly database: Database,
    private readonly keys: KeyRing,
    private readonly members: MemberStore,
    private readonly codes: TakeSignInCode,
    private readonly acts: RecordActs,
  ) {}

  async execute(input: z.input<typeof signInRule>): Promise<OpenedSession | SignInRefusal> {
    const given = parseInput(signInRule, input);
    const token = newSecret('mst');
    const tokenHash = hashSecret(this.keys, token);

    return this.database.transaction({ role: 'gate' }, async (tx) => {
      const taken = await this.codes.execute(tx, 'sign-in', given, () =>
        this.members.byEmail(tx, given.email),
      );
      if (taken instanceof Refused) return taken;
      const { id: memberId, businessId, role } = taken.account;
      const expiresAt = new Date(taken.now.getTime() + SESSION_MS);
      await this.members.openSession(tx, {
        tokenHash,
        memberId,
        businessId,
        createdAt: taken.now,
        expiresAt,
      });
      const viewer = new BusinessViewer(
        businessId,
        { memberId, sessionHash: tokenHash },
        permissionsOfRole(role),
      );
      await this.acts.within(
        tx,
        plainAct({
          ledger: businessId,
          actorKind: 'MEMBER',
          actorId: memberId,
          name: 'signIn',
          subjects: [publicId('mem', memberId)],
        }),
      );
      return { token, expiresAt, viewer };
    });
  }
}
