import { Injectable } from '@nestjs/common';
import { Database } from '@assent/platform';
import { Mailer, type OwnerNotice } from '../adapters/mailer.js';
import { MemberStore } from '../persistence/member.store.js';
import { Afterwards } from './afterwards.js';

/** Tells the owners of a business something by e-mail. */
@Injectable()
export class NotifyOwners {
  constructor(
    private readonly database: Database,
    private readonly members: MemberStore,
    private readonly mailer: Mailer,
    private readonly afterwards: Afterwards,
  ) {}

  /** Returns at once. What no mail server took stands in the log; the business still reads it in the API. */
  execute(businessId: string, notice: OwnerNotice): void {
    this.afterwards.run('A notice to an owner could not be sent', () => this.deliver(businessId, notice));
  }

  /** Returns once a mail server took the notice for each owner; rejects where one did not. */
  async deliver(businessId: string, notice: OwnerNotice): Promise<void> {
    const owners = await this.database.transaction({ role: 'engine' }, (tx) =>
      this.members.ownerEmails(tx, businessId),
    );
    for (const to of owners) await this.mailer.notify({ to, ...notice });
  }
}
