import { Module } from '@nestjs/common';
import { AccountsModule } from '@assent/accounts';
import { NoticeStore } from './persistence/notice.store.js';
import { ForgetOldNotices } from './use-cases/forget-old-notices.js';
import { ReadNotices } from './use-cases/read-notices.js';

/** What the platform tells persons in their app, for every library that has something to tell them. */
@Module({
  imports: [AccountsModule],
  providers: [ForgetOldNotices, NoticeStore, ReadNotices],
  exports: [ForgetOldNotices, NoticeStore, ReadNotices],
})
export class NoticesModule {}
