import { Injectable } from '@nestjs/common';
import type { BusinessViewer } from '@assent/accounts';
import { Database, type PageArgs, parseInput, readPage } from '@assent/platform';
import { isInForce, type Restriction } from '../domain/restriction.js';
import { RestrictionStore } from '../persistence/restriction.store.js';
import { idRule } from './rules.js';

/** Reads the restrictions of a business. */
@Injectable()
export class ReadRestrictions {
  constructor(
    private readonly database: Database,
    private readonly store: RestrictionStore,
  ) {}

  /** A business's own, newest first; one more than a page holds, if there is one. @throws BadInputError */
  async own({ businessId }: BusinessViewer, args: PageArgs): Promise<Restriction[]> {
    const { first, after } = readPage('restrictions', 'rst', args);
    return this.database.transaction({ role: 'business', businessId }, (tx) =>
      this.store.page(tx, businessId, first, after),
    );
  }

  /** The one that is in force for a business; null: it is free. */
  async current({ businessId }: BusinessViewer): Promise<Restriction | null> {
    return this.database.transaction({ role: 'business', businessId }, async (tx) => {
      const [restriction, now] = await Promise.all([this.store.open(tx, businessId), tx.now()]);
      return restriction && isInForce(restriction, now) ? restriction : null;
    });
  }

  /** Those of any business, for an admin. @throws BadInputError */
  async ofBusiness(business: string, args: PageArgs): Promise<Restriction[]> {
    const businessId = parseInput(idRule('biz'), business, 'business');
    const { first, after } = readPage('restrictions', 'rst', args);
    return this.database.transaction({ role: 'admin' }, (tx) =>
      this.store.page(tx, businessId, first, after),
    );
  }
}
