import { Injectable } from '@nestjs/common';
import { Database, isStorable, parseInput, publicId, readPage } from '@assent/platform';
import { z } from 'zod';
import type { Business, Profile } from '../domain/business.js';
import { BusinessStore } from '../persistence/business.store.js';

const SEARCH_RULE = 'must have 2 to 120 characters';
const searchRule = z
  .string()
  .trim()
  .min(2, SEARCH_RULE)
  .max(120, SEARCH_RULE)
  .refine(isStorable, SEARCH_RULE);

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
    return new Map(businesses.map((business) => [business.id, toProfile(business)]));
  }

  /**
   * Verified businesses whose name begins with a text, by name, one more than `first` where there are more. Nobody else is
   * ever found, nor counted.
   * @throws BadInputError
   */
  async byName(
    search: string,
    page: { first: number; after?: string | null },
  ): Promise<{ first: number; profiles: Profile[] }> {
    const prefix = parseInput(searchRule, search, 'businessProfiles.search');
    const { first, after } = readPage('businessProfiles', 'biz', page);
    const businesses = await this.database.transaction({ role: 'engine' }, (tx) =>
      this.businesses.verifiedByName(tx, prefix, after ?? null, first + 1),
    );
    return { first, profiles: businesses.map(toProfile) };
  }
}

function toProfile({ id, displayName, country, status, category }: Business): Profile {
  return { id: publicId('biz', id), displayName, country, category, verified: status === 'VERIFIED' };
}
