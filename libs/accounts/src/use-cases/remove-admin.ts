import { Injectable } from '@nestjs/common';
import { Database, parseInput } from '@assent/platform';
import { z } from 'zod';
import type { Admin } from '../domain/admin.js';
import type { Refused } from '../domain/refused.js';
import type { AdminViewer } from '../domain/viewers.js';
import { AdminStore } from '../persistence/admin.store.js';
import { SecondFactorStore } from '../persistence/second-factor.store.js';
import { idRule } from './rules.js';
import { adminNotFound, isLastOwner, lastOwner } from './set-admin-role.js';
import { TakeAdminTurn } from './take-admin-turn.js';

const schema = z.object({ admin: idRule('adm') });

/** Ends an admin: their sessions, and their second factor. */
@Injectable()
export class RemoveAdmin {
  constructor(
    private readonly database: Database,
    private readonly admins: AdminStore,
    private readonly factors: SecondFactorStore,
    private readonly turn: TakeAdminTurn,
  ) {}

  /** Every request of theirs that begins after the commit is refused. @throws BadInputError */
  async execute(
    { adminId }: AdminViewer,
    input: unknown,
  ): Promise<Admin | Refused<'ADMIN_NOT_FOUND' | 'LAST_OWNER' | 'ROLE_NOT_ENOUGH'>> {
    const { admin: id } = parseInput(schema, input);
    return this.database.transaction({ role: 'gate' }, async (tx) => {
      const refused = await this.turn.execute(tx, adminId, 'admins:manage');
      if (refused) return refused;
      const admin = await this.admins.present(tx, id);
      if (!admin) return adminNotFound();
      if (await isLastOwner(tx, this.admins, admin)) return lastOwner();
      const removedAt = await tx.now();
      await this.admins.remove(tx, id, removedAt);
      await this.factors.reset(tx, id);
      return Object.assign(admin, { removedAt });
    });
  }
}
