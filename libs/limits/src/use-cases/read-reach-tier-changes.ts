import { Injectable } from '@nestjs/common';
import type { BusinessViewer } from '@assent/accounts';
import { Database, type PageArgs, parseInput, readPage } from '@assent/platform';
import type { TierChange } from '../domain/tier-changes.js';
import { ReachTierStore } from '../persistence/reach-tier.store.js';
import { idRule } from './rules.js';

/** Reads how the reach tier of a business changed, and why, newest first; one more than a page holds, if there is one. */
@Injectable()
export class ReadReachTierChanges {
  constructor(
    private readonly database: Database,
    private readonly store: ReachTierStore,
  ) {}

  /** A business's own. @throws BadInputError */
  async own({ businessId }: BusinessViewer, args: PageArgs): Promise<TierChange[]> {
    const page = readPage('reachTierChanges', 'rtc', args);
    return this.database.transaction({ role: 'business', businessId }, (tx) =>
      this.store.page(tx, businessId, { ...page, forAdmin: false }),
    );
  }

  /** Those of any business, for an admin. @throws BadInputError */
  async ofBusiness(business: string, args: PageArgs): Promise<TierChange[]> {
    const businessId = parseInput(idRule('biz'), business, 'business');
    const page = readPage('reachTierChanges', 'rtc', args);
    return this.database.transaction({ role: 'admin' }, (tx) =>
      this.store.page(tx, businessId, { ...page, forAdmin: true }),
    );
  }
}
