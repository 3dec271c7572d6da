import { Injectable } from '@nestjs/common';
import { Database, publicId } from '@assent/platform';
import type { Profile } from '../domain/business.js';
import { BusinessStore } from '../persistence/business.store.js';

/** Reads what persons may see of businesses. */
@Injectable()
export class BusinessProfiles {
  constructor(
    private readonly database: Database,
    private readonly businesses: BusinessStore,
  ) {}

  /** Profiles by UUID, in one query, for `loaderOf`; who is not there is left out. */
  async byIds(ids: readonly string[]): Promise<Map<string, Profile>> {
    const businesses = await this.database.transaction({ role: 'engine' }, (tx) =>
      this.businesses.byIds(tx, ids),
    );
    return new Map(
      businesses.map(({ id, displayName, country, status }) => [
        id,
        { id: publicId('biz', id), displayName, country, verified: status === 'VERIFIED' },
      ]),
    );
  }
}
