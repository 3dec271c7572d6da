import { Injectable } from '@nestjs/common';
import type { BusinessViewer } from '@assent/accounts';
import {
  ContactHistoryStore,
  IssueContactReceipt,
  type IssuedContactReceipt,
  type LedgerEntry,
  type NotCovered,
} from '@assent/consent';
import { badCursor, BadInputError, Database, Handles, pageSchema, parseInput } from '@assent/platform';
import { ContactStore } from '../persistence/contact.store.js';

/** A page that is asked for. */
export interface AskedPage {
  contactId: string;
  first: number;
  /** Handle of the event before it. */
  after: string | null;
}

/**
 * What a business may see of its contacts' ledgers: the events that name it. In the role `engine`, because a business's own
 * role may not see who its contacts are: the business's id in the queries is what limits it.
 */
@Injectable()
export class ReadContactHistory {
  constructor(
    private readonly database: Database,
    private readonly contacts: ContactStore,
    private readonly histories: ContactHistoryStore,
    private readonly receipts: IssueContactReceipt,
    private readonly handles: Handles,
  ) {}

  /** The pages in order, each newest first, with one more than `first` where there are more. @throws BadInputError */
  async pages({ businessId }: BusinessViewer, asked: readonly AskedPage[]): Promise<LedgerEntry[][]> {
    const checked = asked.map(({ contactId, first, after }) => {
      const page = parseInput(pageSchema, { first, after }, 'consentHistory');
      const before = page.after ? this.handles.open(`business:${businessId}`, 'evt', page.after) : null;
      if (before === undefined) {
        throw badCursor('consentHistory');
      }
      return { contactId, before, limit: page.first + 1 };
    });
    return this.database.transaction({ role: 'engine' }, async (tx) => {
      const ids = [...new Set(checked.map(({ contactId }) => contactId))];
      const people = new Map(
        (await this.contacts.people(tx, businessId, ids)).map((person) => [person.contactId, person]),
      );
      const known = checked.flatMap((page, nr) => {
        const person = people.get(page.contactId);
        return person ? [{ ...page, ...person, businessId, nr }] : [];
      });
      const read = await this.histories.pages(tx, known);
      const pages = checked.map((): LedgerEntry[] => []);
      known.forEach(({ nr }, at) => (pages[nr] = read[at] ?? []));
      return pages;
    });
  }

  /** An event's handle, as this business knows it. */
  handleOf({ businessId }: BusinessViewer, eventId: string): string {
    return this.handles.seal(`business:${businessId}`, 'evt', eventId);
  }

  /**
   * The signed receipt of an event that names the business; waits up to 2 s for the log to cover it.
   * @throws BadInputError where that contact of this business has no such event
   */
  async receipt(
    { businessId }: BusinessViewer,
    { contact, eventId }: { contact: string; eventId: string },
  ): Promise<IssuedContactReceipt | NotCovered> {
    const viewer = `business:${businessId}`;
    const contactId = this.handles.open(viewer, 'ctc', contact);
    const event = this.handles.open(viewer, 'evt', eventId);
    const [person] = contactId
      ? await this.database.transaction({ role: 'engine' }, (tx) =>
          this.contacts.people(tx, businessId, [contactId]),
        )
      : [];
    if (!person) {
      throw new BadInputError([
        { field: 'contactConsentReceipt.contact', rule: 'must be the id of a contact of yours' },
      ]);
    }
    const names = { contactHandle: contact, eventHandle: eventId };
    const issued = event && (await this.receipts.execute({ businessId, person, eventId: event, ...names }));
    if (!issued) {
      throw new BadInputError([
        {
          field: 'contactConsentReceipt.eventId',
          rule: 'must be the id of an entry of this contact’s consentHistory',
        },
      ]);
    }
    return issued;
  }
}
