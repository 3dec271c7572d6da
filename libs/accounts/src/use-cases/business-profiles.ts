import { Injectable } from '@nestjs/common';
import { Database, Gatherer, publicId, type Scope } from '@assent/platform';
import type { Profile } from '../domain/business.js';
import { BusinessStore } from '../persistence/business.store.js';

/** Reads what persons may see of businesses. */
@Injectable()
export class BusinessProfiles {
  private readonly gatherer = new Gatherer((ids: string[]) => this.byIds({ role: 'engine' }, ids), {
    batch: 500,
    parallel: 2,
  });

  constructor(
    private readonly database: Database,
    private readonly businesses: BusinessStore,
  ) {}

  /** Profiles by UUID, in the order of the ids, in one query. @throws where there is no such business */
  async byIds(scope: Scope, ids: readonly string[]): Promise<Profile[]> {
    const businesses = await this.database.transaction(scope, (tx) => this.businesses.byIds(tx, ids));
    const profiles = new Map(
      businesses.map(({ id, displayName, country, status }) => [
        id,
        { id: publicId('biz', id), displayName, country, verified: status === 'VERIFIED' },
      ]),
    );
    return ids.map((id) => {
      const profile = profiles.get(id);
      if (!profile) throw new Error('A business that something refers to is not there');
      return profile;
    });
  }

  /** One profile; what is asked for at the same time, by whomever, shares a query. The id must come from a row. */
  load(id: string): Promise<Profile> {
    return this.gatherer.add(id);
  }
}
