import { Injectable } from '@nestjs/common';
import { Database, type PageArgs, readPage } from '@assent/platform';
import type { Admin } from '../domain/admin.js';
import type { AdminViewer } from '../domain/viewers.js';
import { AdminStore } from '../persistence/admin.store.js';

/** Tells an admin who they are, and who the others are. */
@Injectable()
export class ReadAdmin {
  constructor(
    private readonly database: Database,
    private readonly admins: AdminStore,
  ) {}

  async execute({ adminId }: AdminViewer): Promise<Admin> {
    return this.database.transaction({ role: 'admin' }, (tx) => this.admins.byId(tx, adminId));
  }

  /** Oldest first, also those who were removed; one more than a page holds, if there is one. @throws BadInputError */
  async page(args: PageArgs): Promise<Admin[]> {
    const { first, after } = readPage('admins', 'adm', args);
    return this.database.transaction({ role: 'admin' }, (tx) => this.admins.page(tx, first, after));
  }
}
