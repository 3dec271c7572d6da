import { Injectable } from '@nestjs/common';
import { Database } from '@assent/platform';
import type { AdminViewer } from '../domain/viewers.js';
import { AdminStore } from '../persistence/admin.store.js';

/** Ends sessions of the admin who asks. */
@Injectable()
export class EndAdminSessions {
  constructor(
    private readonly database: Database,
    private readonly admins: AdminStore,
  ) {}

  /** The session that asks. */
  async own({ tokenHash }: AdminViewer): Promise<void> {
    await this.database.transaction({ role: 'gate' }, (tx) => this.admins.endSession(tx, tokenHash));
  }

  /** All but the session that asks. @returns how many were open */
  others({ adminId, tokenHash }: AdminViewer): Promise<number> {
    return this.database.transaction({ role: 'gate' }, (tx) =>
      this.admins.endOtherSessions(tx, adminId, tokenHash),
    );
  }
}
