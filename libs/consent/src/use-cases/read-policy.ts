import { Injectable } from '@nestjs/common';
import type { PersonViewer } from '@assent/people';
import { badCursor, Database, pageSchema, parseInput } from '@assent/platform';
import type { CountryPolicy, PublishedPolicy } from '../domain/policy.js';
import { PolicyStore } from '../persistence/policy.store.js';
import { versionSchema } from './policy-input.js';

/** Reads the consent policy: the operator all of it, a person what holds for them. */
@Injectable()
export class ReadPolicy {
  constructor(
    private readonly database: Database,
    private readonly policies: PolicyStore,
  ) {}

  /** A version, or the one in force; undefined where there is no such version. @throws BadInputError */
  async published(version: number | null | undefined): Promise<PublishedPolicy | undefined> {
    const asked = parseInput(versionSchema.nullish(), version, 'consentPolicy.version') ?? null;
    return this.database.transaction({ role: 'admin' }, (tx) => this.policies.published(tx, asked));
  }

  /** All versions, newest first, one more than `first` where there are more. @throws BadInputError */
  async page(page: {
    first: number;
    after?: string | null;
  }): Promise<{ first: number; policies: PublishedPolicy[] }> {
    const { first, after } = parseInput(pageSchema, page, 'consentPolicies');
    if (after && !/^\d{1,9}$/.test(after)) {
      throw badCursor('consentPolicies');
    }
    const below = after ? Number(after) : null;
    const policies = await this.database.transaction({ role: 'admin' }, (tx) =>
      this.policies.page(tx, below, first + 1),
    );
    return { first, policies };
  }

  /** What holds now for a person, by their country. */
  async forPerson(viewer: PersonViewer): Promise<CountryPolicy> {
    return this.database.transaction({ role: 'person', personId: viewer.personId }, async (tx) => {
      const [{ policy }, country] = await Promise.all([
        this.policies.inForce(tx),
        this.policies.countryOf(tx, viewer),
      ]);
      return policy.forCountry(country);
    });
  }
}
