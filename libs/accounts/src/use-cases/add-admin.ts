import { Injectable } from '@nestjs/common';
import { Database, parseInput, uuid7 } from '@assent/platform';
import { z } from 'zod';
import type { Admin } from '../domain/admin.js';
import { ADMIN_REASONS } from '../domain/admin-reasons.js';
import { AdminRole } from '../domain/permissions.js';
import type { ActingAdmin } from '../domain/proposal.js';
import { Refused } from '../domain/refused.js';
import { AdminStore } from '../persistence/admin.store.js';
import { FourEyes, type FourEyesRefusal } from './four-eyes.js';
import { IssueSignInCode } from './issue-sign-in-code.js';
import { emailRule, nameRule } from './rules.js';
import { TakeAdminTurn } from './take-admin-turn.js';

export const adminRoleRule = z.enum(AdminRole, `must be one of ${Object.keys(AdminRole).join(', ')}`);
const schema = z.object({ email: emailRule, name: nameRule(120), role: adminRoleRule });

/** Makes somebody an admin, who signs in with codes that are mailed to them. */
@Injectable()
export class AddAdmin {
  constructor(
    private readonly database: Database,
    private readonly admins: AdminStore,
    private readonly turn: TakeAdminTurn,
    private readonly eyes: FourEyes,
    private readonly codes: IssueSignInCode,
  ) {}

  /** They may sign in from the commit on, and are mailed a code. @throws BadInputError */
  async execute(
    acting: ActingAdmin,
    input: unknown,
  ): Promise<Admin | Refused<'ADMIN_EXISTS' | 'ROLE_NOT_ENOUGH'> | FourEyesRefusal> {
    const { email, name, role } = parseInput(schema, input);
    const { adminId } = acting;
    return this.database.transaction({ role: 'admin' }, async (tx) => {
      const refused = await this.turn.execute(tx, adminId, 'admins:manage');
      if (refused) return refused;
      if (await this.admins.byEmail(tx, email)) {
        return new Refused('ADMIN_EXISTS', ADMIN_REASONS.ADMIN_EXISTS.message);
      }
      const held = await this.eyes.ask(tx, acting, {
        operation: 'addAdmin',
        isDangerous: true,
        input: { email, name, role },
        basis: {},
        subjects: [],
        reason: null,
      });
      if (held) return held;
      await tx.become({ role: 'gate' });
      const now = await tx.now();
      const admin = { id: uuid7(now.getTime()), name, role, email, addedBy: adminId, createdAt: now };
      const added: Admin = { ...admin, signedInAt: null, removedAt: null };
      await this.admins.add(tx, added);
      const issued = await this.codes.keep(tx, email, 'admin-sign-in');
      // Whose address had too many codes asks for one later; they are an admin all the same.
      if (!(issued instanceof Refused)) tx.afterCommit(() => this.codes.send(issued, 'ADMIN_ADDED'));
      return added;
    });
  }
}
