import { Injectable } from '@nestjs/common';
import type { LimitKind } from '@assent/accounts';
import { Database, type PageArgs, parseInput, readPage } from '@assent/platform';
import type { StoredOverride } from '../domain/override-rules.js';
import { LimitOverrideStore } from '../persistence/limit-override.store.js';
import { idRule } from './rules.js';

/** Reads which limits admins set for one business, and when they ended. */
@Injectable()
export class ReadLimitOverrides {
  constructor(
    private readonly database: Database,
    private readonly store: LimitOverrideStore,
  ) {}

  /** One more than a page holds, if there is one, newest first. @throws BadInputError */
  async page(business: string, kind: LimitKind | null, args: PageArgs): Promise<StoredOverride[]> {
    const businessId = parseInput(idRule('biz'), business, 'business');
    const { first, after } = readPage('limitOverrides', 'ovr', args);
    return this.database.transaction({ role: 'admin' }, (tx) =>
      this.store.page(tx, businessId, kind, first, after),
    );
  }
}
