import { Injectable } from '@nestjs/common';
import { Database, isStorable, type PageArgs, parseInput, parsePublicId, readPage } from '@assent/platform';
import { z } from 'zod';
import type { Business } from '../domain/business.js';
import { BusinessStatus } from '../domain/business-states.js';
import type { Verification } from '../domain/verification.js';
import { BusinessStore } from '../persistence/business.store.js';
import { VerificationStore } from '../persistence/verification.store.js';

const NAME_RULE = 'must have 1 to 120 characters';
const DOMAIN_RULE = 'must be a domain, such as example.com';
const LONGEST_DOMAIN = 253;

const schema = z.object({
  name: z.string().trim().min(1, NAME_RULE).max(120, NAME_RULE).refine(isStorable, NAME_RULE).nullish(),
  domain: z
    .string()
    .trim()
    .max(LONGEST_DOMAIN, DOMAIN_RULE)
    .transform((text, context) => {
      const domain = readDomain(text);
      if (domain !== undefined) return domain;
      context.addIssue({ code: 'custom', message: DOMAIN_RULE });
      return z.NEVER;
    })
    .nullish(),
  status: z.enum(BusinessStatus, `must be one of ${Object.keys(BusinessStatus).join(', ')}`).nullish(),
});

/** A business with its newest request to be verified; null: it has made none. */
export interface FoundBusiness {
  business: Business;
  verification: Verification | null;
}

/** The operator looks businesses up, whatever their state is. */
@Injectable()
export class SearchBusinesses {
  constructor(
    private readonly database: Database,
    private readonly businesses: BusinessStore,
    private readonly verifications: VerificationStore,
  ) {}

  /** Those that match everything that is given, by name; one more than a page holds, if there is one. @throws BadInputError */
  async page(search: unknown, args: PageArgs): Promise<FoundBusiness[]> {
    const { name, domain, status } = parseInput(schema, search, 'businesses');
    const { first, after } = readPage('businesses', 'biz', args);
    const filter = { name: name ?? undefined, domain: domain ?? undefined, status: status ?? undefined };
    return this.database.transaction({ role: 'admin' }, async (tx) => {
      const businesses = await this.businesses.found(tx, filter, after, first + 1);
      const newest = await this.verifications.latestOf(
        tx,
        businesses.map(({ id }) => id),
      );
      return businesses.map((business) => ({ business, verification: newest.get(business.id) ?? null }));
    });
  }

  /** The one that has an id; null: there is none. */
  async byHandle(handle: string): Promise<FoundBusiness | null> {
    const id = parsePublicId('biz', handle);
    if (!id) return null;
    return this.database.transaction({ role: 'admin' }, async (tx) => {
      const [business] = await this.businesses.byIds(tx, [id]);
      return business ? { business, verification: await this.verifications.latest(tx, id) } : null;
    });
  }
}

/** A domain as URLs have it: lower case, in ASCII. */
function readDomain(text: string): string | undefined {
  const url = `https://${text}`;
  if (!/^[^\s/:?#@\\]+$/.test(text) || !URL.canParse(url)) return undefined;
  return new URL(url).hostname.replace(/\.$/, '') || undefined;
}
