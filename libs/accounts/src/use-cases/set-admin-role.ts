import { Injectable } from '@nestjs/common';
import { Database, parseInput, publicId, type Transaction } from '@assent/platform';
import { z } from 'zod';
import type { Admin } from '../domain/admin.js';
import { ADMIN_REASONS } from '../domain/admin-reasons.js';
import { mayMore } from '../domain/permissions.js';
import type { ActingAdmin } from '../domain/proposal.js';
import { Refused } from '../domain/refused.js';
import { AdminStore } from '../persistence/admin.store.js';
import { adminRoleRule } from './add-admin.js';
import { FourEyes, type FourEyesRefusal } from './four-eyes.js';
import { idRule } from './rules.js';
import { TakeAdminTurn } from './take-admin-turn.js';

const schema = z.object({ admin: idRule('adm'), role: adminRoleRule });

/** Gives an admin another role; one that may more only with a second admin. */
@Injectable()
export class SetAdminRole {
  constructor(
    private readonly database: Database,
    private readonly admins: AdminStore,
    private readonly turn: TakeAdminTurn,
    private readonly eyes: FourEyes,
  ) {}

  /** Counts for every request that begins after it. Of two owners who demote each other at once, one stays. @throws BadInputError */
  async execute(
    acting: ActingAdmin,
    input: unknown,
  ): Promise<Admin | Refused<'ADMIN_NOT_FOUND' | 'LAST_OWNER' | 'ROLE_NOT_ENOUGH'> | FourEyesRefusal> {
    const { admin: id, role } = parseInput(schema, input);
    return this.database.transaction({ role: 'admin' }, async (tx) => {
      const refused = await this.turn.execute(tx, acting.adminId, 'admins:manage');
      if (refused) return refused;
      const admin = await this.admins.present(tx, id);
      if (!admin) return adminNotFound();
      if (role !== 'OWNER' && (await isLastOwner(tx, this.admins, admin))) return lastOwner();
      const subject = publicId('adm', id);
      const held = await this.eyes.ask(tx, acting, {
        operation: 'setAdminRole',
        isDangerous: mayMore(role, admin.role),
        input: { admin: subject, role },
        basis: { from: admin.role },
        subjects: [subject],
        reason: null,
      });
      if (held) return held;
      await tx.become({ role: 'gate' });
      await this.admins.setRole(tx, id, role, await tx.now());
      return Object.assign(admin, { role });
    });
  }
}

/** Under the lock of all. */
export async function isLastOwner(tx: Transaction, admins: AdminStore, { role }: Admin): Promise<boolean> {
  return role === 'OWNER' && (await admins.countOwners(tx)) === 1;
}

export function adminNotFound(): Refused<'ADMIN_NOT_FOUND'> {
  return new Refused('ADMIN_NOT_FOUND', ADMIN_REASONS.ADMIN_NOT_FOUND.message);
}

export function lastOwner(): Refused<'LAST_OWNER'> {
  return new Refused('LAST_OWNER', ADMIN_REASONS.LAST_OWNER.message);
}
