import { Injectable } from '@nestjs/common';
import { Database, parseInput } from '@assent/platform';
import { z } from 'zod';
import type { Admin } from '../domain/admin.js';
import { ADMIN_REASONS } from '../domain/admin-reasons.js';
import { Refused } from '../domain/refused.js';
import type { AdminViewer } from '../domain/viewers.js';
import { AdminStore } from '../persistence/admin.store.js';
import { adminRoleRule } from './add-admin.js';
import { adminIdRule } from './rules.js';
import { TakeAdminTurn } from './take-admin-turn.js';

const schema = z.object({ admin: adminIdRule, role: adminRoleRule });

/** Gives an admin another role. */
@Injectable()
export class SetAdminRole {
  constructor(
    private readonly database: Database,
    private readonly admins: AdminStore,
    private readonly turn: TakeAdminTurn,
  ) {}

  /** Counts for every request that begins after it. Of two owners who demote each other at once, one stays. @throws BadInputError */
  async execute(
    { adminId }: AdminViewer,
    input: unknown,
  ): Promise<Admin | Refused<'ADMIN_NOT_FOUND' | 'LAST_OWNER' | 'ROLE_NOT_ENOUGH'>> {
    const { admin: id, role } = parseInput(schema, input);
    return this.database.transaction({ role: 'gate' }, async (tx) => {
      const refused = await this.turn.execute(tx, adminId, 'admins:manage');
      if (refused) return refused;
      const admin = await this.admins.present(tx, id);
      if (!admin) return adminNotFound();
      if (role !== 'OWNER' && (await isLastOwner(tx, this.admins, admin))) return lastOwner();
      await this.admins.setRole(tx, id, role, await tx.now());
      return { ...admin, role };
    });
  }
}

/** Under the lock of all. */
export async function isLastOwner(
  tx: Parameters<AdminStore['countOwners']>[0],
  admins: AdminStore,
  { role }: Admin,
): Promise<boolean> {
  return role === 'OWNER' && (await admins.countOwners(tx)) === 1;
}

export function adminNotFound(): Refused<'ADMIN_NOT_FOUND'> {
  return new Refused('ADMIN_NOT_FOUND', ADMIN_REASONS.ADMIN_NOT_FOUND.message);
}

export function lastOwner(): Refused<'LAST_OWNER'> {
  return new Refused('LAST_OWNER', ADMIN_REASONS.LAST_OWNER.message);
}
