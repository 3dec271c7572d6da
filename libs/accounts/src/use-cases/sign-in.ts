import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { plainAct, RecordActs } from '@assent/ledger';
import { Database, hashCode, hashSecret, KeyRing, newSecret, parseInput, publicId } from '@assent/platform';
import { z } from 'zod';
import { permissionsOfRole } from '../domain/permissions.js';
import { Refused } from '../domain/refused.js';
import { judgeSignIn, type SignInRefusal } from '../domain/sign-in-code.js';
import { BusinessViewer } from '../domain/viewers.js';
import { MemberStore } from '../persistence/member.store.js';
import { SignInCodeStore } from '../persistence/sign-in-code.store.js';
import { emailRule } from './rules.js';

const SESSION_MS = 12 * 60 * 60_000;

const schema = z.object({
  email: emailRule,
  code: z
    .string()
    .trim()
    .regex(/^\d{6}$/, 'must have 6 digits'),
});

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
    private readonly codes: SignInCodeStore,
    private readonly acts: RecordActs,
  ) {}

  async execute(input: z.input<typeof schema>): Promise<OpenedSession | SignInRefusal> {
    const { email, code } = parseInput(schema, input);
    const given = hashCode(this.keys, 'sign-in', email, code);
    const token = newSecret('mst');
    const tokenHash = hashSecret(this.keys, token);

    return this.database.transaction({ role: 'gate' }, async (tx) => {
      const [{ state, codeHash, now }, member] = await Promise.all([
        this.codes.lock(tx, email),
        this.members.byEmail(tx, email),
      ]);
      const matches = codeHash.length === given.length && timingSafeEqual(codeHash, given);
      // An address without a member has codes too, which nobody was sent: guessing one signs nobody in.
      const verdict = judgeSignIn(state, matches && member !== null, now);
      if (verdict instanceof Refused) {
        if (verdict.reason === 'CODE_INVALID') await this.codes.countAttempt(tx, email);
        return verdict;
      }
      if (!member) throw new Error('A code was accepted for an address without a member');
      const { id: memberId, businessId, role } = member;
      const expiresAt = new Date(now.getTime() + SESSION_MS);
      await Promise.all([
        this.codes.use(tx, email, now),
        this.members.openSession(tx, { tokenHash, memberId, businessId, createdAt: now, expiresAt }),
      ]);
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
