import { Injectable } from '@nestjs/common';
import type { PersonViewer } from '@assent/people';
import { Database } from '@assent/platform';
import { type ConsentVerdict, explainConsent } from '../domain/judge-consent.js';
import type { Basis } from '../domain/policy.js';
import { type Purpose, PURPOSES } from '../domain/purpose.js';
import { ConsentStore } from '../persistence/consent.store.js';
import { PolicyStore } from '../persistence/policy.store.js';

/** Whether a business may use one purpose with a person, and on what ground. */
export interface ExplainedConsent {
  purpose: Purpose;
  verdict: ConsentVerdict;
  basis: Basis;
  policyVersion: number;
  /** The word of the person that decided: its event (or the stop under way), and what it came through. */
  by: { id: string; source: string } | undefined;
}

/** Explains to a person what businesses may do, by the very judgement that sending and matching make. */
@Injectable()
export class ExplainConsents {
  constructor(
    private readonly database: Database,
    private readonly consents: ConsentStore,
    private readonly policies: PolicyStore,
  ) {}

  /** All purposes for each business, in one round trip; for `loaderOf`. */
  async execute(
    viewer: PersonViewer,
    businessIds: readonly string[],
  ): Promise<Map<string, ExplainedConsent[]>> {
    const [words, country, { now, policy }] = await this.database.transaction(
      { role: 'person', personId: viewer.personId },
      (tx) =>
        Promise.all([
          this.consents.saidTo(tx, viewer, businessIds),
          this.policies.countryOf(tx, viewer),
          this.policies.inForce(tx),
        ]),
    );
    const inCountry = policy.forCountry(country);
    return new Map(
      businessIds.map((business) => {
        const said = words.filter(({ businessId }) => businessId === null || businessId === business);
        const explained = PURPOSES.map((purpose) => {
          const { verdict, by } = explainConsent(purpose, { said, policy: inCountry, now });
          const { basis } = inCountry.rules[purpose];
          return { purpose, verdict, basis, policyVersion: policy.version, by };
        });
        return [business, explained];
      }),
    );
  }
}
