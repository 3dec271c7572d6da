import { Injectable } from '@nestjs/common';
import type { BusinessViewer } from '@assent/accounts';
import { type ConsentFacts, ConsentStore } from '@assent/consent';
import { Database, LOOK_UPS } from '@assent/platform';
import { ContactStore } from '../persistence/contact.store.js';

/** Reads what the people behind a business's contacts said, as far as it concerns this business. */
@Injectable()
export class ReadContactConsent {
  constructor(
    private readonly database: Database,
    private readonly contacts: ContactStore,
    private readonly consent: ConsentStore,
  ) {}

  /**
   * The facts for each contact of the business, by its id. In the role `engine`, because a business's own role may not
   * see who its contacts are: the business's id in the query is what limits it.
   */
  async execute({ businessId }: BusinessViewer, contactIds: string[]): Promise<Map<string, ConsentFacts>> {
    return this.database.transaction(LOOK_UPS, async (tx) => {
      const people = await this.contacts.people(tx, businessId, contactIds);
      const facts = await this.consent.factsFor(
        tx,
        people.map(({ lane, personId }) => ({ lane, personId, businessId })),
      );
      return new Map(people.flatMap(({ contactId }, at) => (facts[at] ? [[contactId, facts[at]]] : [])));
    });
  }
}
