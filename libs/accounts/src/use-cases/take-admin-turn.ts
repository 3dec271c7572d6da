import { Injectable } from '@nestjs/common';
import type { Transaction } from '@assent/platform';
import { ADMIN_REASONS } from '../domain/admin-reasons.js';
import { type AdminPermission, roleMay } from '../domain/permissions.js';
import { Refused } from '../domain/refused.js';
import { AdminStore } from '../persistence/admin.store.js';

/** Lets those take turns who change who the admins are, or rely on what they may. */
@Injectable()
export class TakeAdminTurn {
  constructor(private readonly admins: AdminStore) {}

  /** Asks again, behind everybody before, whether an admin may: they may have been removed or demoted meanwhile. */
  async execute(
    tx: Transaction,
    adminId: string,
    permission: AdminPermission,
  ): Promise<Refused<'ROLE_NOT_ENOUGH'> | undefined> {
    await this.admins.lockAll(tx);
    const acting = await this.admins.present(tx, adminId);
    if (acting && roleMay(acting.role, permission)) return undefined;
    return new Refused('ROLE_NOT_ENOUGH', ADMIN_REASONS.ROLE_NOT_ENOUGH.message);
  }
}
