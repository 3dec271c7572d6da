import { Injectable } from '@nestjs/common';
import type { Transaction } from '@assent/platform';
import type { OwnerNotice } from '../adapters/mailer.js';
import { OwnerNoticeStore } from '../persistence/owner-notice.store.js';
import { Afterwards } from './afterwards.js';
import { MailOwnerNotices } from './mail-owner-notices.js';

/** Tells the owners of a business something by e-mail. */
@Injectable()
export class NotifyOwners {
  constructor(
    private readonly notices: OwnerNoticeStore,
    private readonly mail: MailOwnerNotices,
    private readonly afterwards: Afterwards,
  ) {}

  /** In the transaction of what is told: once that has committed the notice is mailed, whatever crashes. */
  async execute(tx: Transaction, businessId: string, notice: OwnerNotice): Promise<void> {
    await this.notices.add(tx, businessId, notice);
    tx.afterCommit(() =>
      this.afterwards.run('A notice to an owner could not be sent yet', () => this.mail.execute()),
    );
  }

  /** Returns once a mail server took the notice for each owner; rejects where one did not. */
  deliver(businessId: string, notice: OwnerNotice): Promise<void> {
    return this.mail.deliver(businessId, notice);
  }
}
