import { Injectable } from '@nestjs/common';
import { Database } from '@assent/platform';
import type { BusinessViewer } from '../domain/viewers.js';
import { MemberStore } from '../persistence/member.store.js';

/** Ends the session that asks. */
@Injectable()
export class SignOut {
  constructor(
    private readonly database: Database,
    private readonly members: MemberStore,
  ) {}

  async execute({ businessId, actor }: BusinessViewer): Promise<void> {
    if (!('sessionHash' in actor)) return;
    const { sessionHash } = actor;
    await this.database.transaction({ role: 'business', businessId }, (tx) =>
      this.members.endSession(tx, businessId, sessionHash),
    );
  }
}
