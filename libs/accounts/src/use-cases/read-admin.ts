import { Injectable } from '@nestjs/common';
import { Database } from '@assent/platform';
import type { Admin } from '../domain/admin.js';
import type { AdminViewer } from '../domain/viewers.js';
import { AdminStore } from '../persistence/admin.store.js';

/** Tells an admin who they are. */
@Injectable()
export class ReadAdmin {
  constructor(
    private readonly database: Database,
    private readonly admins: AdminStore,
  ) {}

  async execute({ adminId }: AdminViewer): Promise<Admin> {
    return this.database.transaction({ role: 'admin' }, (tx) => this.admins.byId(tx, adminId));
  }
}
