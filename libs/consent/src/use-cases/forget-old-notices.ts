import { Injectable } from '@nestjs/common';
import { Database } from '@assent/platform';
import { NoticeStore } from '../persistence/notice.store.js';

/** Longer than a year, so that what comes once a year can be compared with the last time. */
export const NOTICE_DAYS = 400;
const BATCH = 1_000;
const MOST_BATCHES = 1_000;

/** Removes notices after 400 days; for the worker, every hour. What they told of stays in the ledgers. */
@Injectable()
export class ForgetOldNotices {
  constructor(
    private readonly database: Database,
    private readonly notices: NoticeStore,
  ) {}

  /** In short transactions, up to a million a call. @returns how many it removed */
  async execute(): Promise<number> {
    let removed = 0;
    for (let batch = 0; batch < MOST_BATCHES; batch++) {
      const gone = await this.database.transaction({ role: 'engine' }, (tx) =>
        this.notices.forget(tx, NOTICE_DAYS, BATCH),
      );
      removed += gone;
      if (gone < BATCH) break;
    }
    return removed;
  }
}
