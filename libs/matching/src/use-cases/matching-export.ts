import { Injectable } from '@nestjs/common';
import { BusinessProfiles } from '@assent/accounts';
import {
  Database,
  type ExportRecord,
  inPages,
  type PersonExport,
  type PersonKey,
  publicId,
} from '@assent/platform';
import { PersonContactsStore } from '../persistence/person-contacts.store.js';

const PAGE = 500;

/** Which businesses have a person as a contact, and what they call them, for that person's own copy. */
@Injectable()
export class MatchingExport implements PersonExport {
  constructor(
    private readonly database: Database,
    private readonly contacts: PersonContactsStore,
    private readonly profiles: BusinessProfiles,
  ) {}

  estimate(person: PersonKey): Promise<number> {
    return this.database.transaction({ role: 'person', personId: person.personId }, (tx) =>
      this.contacts.count(tx, person),
    );
  }

  async *export(person: PersonKey): AsyncGenerator<ExportRecord, void, undefined> {
    yield* inPages<ExportRecord & { businessId: string }>(PAGE, (last, limit) =>
      this.page(person, last?.businessId ?? null, limit),
    );
  }

  private async page(person: PersonKey, afterBusiness: string | null, limit: number) {
    const contacts = await this.database.transaction({ role: 'person', personId: person.personId }, (tx) =>
      this.contacts.page(tx, person, afterBusiness, limit),
    );
    const profiles = await this.profiles.byIds(contacts.map(({ businessId }) => businessId));
    return contacts.map(({ businessId, externalId, createdAt }) => ({
      businessId,
      file: 'contacts.jsonl',
      row: {
        business: publicId('biz', businessId),
        businessName: profiles.get(businessId)?.displayName ?? null,
        externalId,
        since: createdAt.toISOString(),
      },
    }));
  }
}
