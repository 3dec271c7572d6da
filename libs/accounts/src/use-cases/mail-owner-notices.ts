import { Inject, Injectable } from '@nestjs/common';
import { Database, LOGGER, type Transaction } from '@assent/platform';
import type { Logger } from 'pino';
import { Mailer, type OwnerNotice } from '../adapters/mailer.js';
import { MemberStore } from '../persistence/member.store.js';
import { OwnerNoticeStore } from '../persistence/owner-notice.store.js';
import { withoutWords } from './afterwards.js';

/** Mails notices to owners: at once by the process that wrote one, and by the worker what that left. A crash may mail one twice. */
@Injectable()
export class MailOwnerNotices {
  constructor(
    private readonly database: Database,
    private readonly notices: OwnerNoticeStore,
    private readonly members: MemberStore,
    private readonly mailer: Mailer,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  /** All that are due. One that no mail server takes is tried again after 5 minutes, for a week. */
  async execute(): Promise<void> {
    await this.asEngine((tx) => this.notices.forget(tx));
    for (;;) {
      const notice = await this.asEngine((tx) => this.notices.take(tx));
      if (!notice) return;
      try {
        await this.deliver(notice.businessId, notice);
        await this.asEngine((tx) => this.notices.takeOff(tx, notice.id));
      } catch (error) {
        this.log.error(
          { err: withoutWords(error), businessId: notice.businessId },
          'A notice to an owner could not be sent yet',
        );
      }
    }
  }

  /** Returns once a mail server took the notice for each owner; rejects where one did not. */
  async deliver(businessId: string, { subject, text }: OwnerNotice): Promise<void> {
    const owners = await this.asEngine((tx) => this.members.ownerEmails(tx, businessId));
    for (const to of owners) await this.mailer.notify({ to, subject, text });
  }

  private asEngine<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    return this.database.transaction({ role: 'engine' }, work);
  }
}
