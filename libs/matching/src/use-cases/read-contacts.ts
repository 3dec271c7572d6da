import { Injectable } from '@nestjs/common';
import type { BusinessViewer } from '@assent/accounts';
import { badCursor, Database, Handles, pageSchema, parseInput, type Transaction } from '@assent/platform';
import type { KnownContact } from '../domain/contact.js';
import { ContactStore } from '../persistence/contact.store.js';
import { externalIdSchema } from './match-input.js';

/** A business reads its own contacts, in its own database role. */
@Injectable()
export class ReadContacts {
  constructor(
    private readonly database: Database,
    private readonly handles: Handles,
    private readonly contacts: ContactStore,
  ) {}

  /** Oldest first, one more than `first` where there are more. @throws BadInputError */
  async page(
    viewer: BusinessViewer,
    page: { first: number; after?: string | null },
  ): Promise<{ first: number; contacts: KnownContact[] }> {
    const { first, after } = parseInput(pageSchema, page, 'contacts');
    const id = typeof after === 'string' ? this.idOf(viewer, after) : undefined;
    if (typeof after === 'string' && id === undefined) {
      throw badCursor('contacts');
    }
    return {
      first,
      contacts: await this.as(viewer, (tx) => this.contacts.page(tx, viewer.businessId, id, first + 1)),
    };
  }

  /** The contact behind a handle; undefined where this business has none such. */
  async byHandle(viewer: BusinessViewer, handle: string): Promise<KnownContact | undefined> {
    const id = this.idOf(viewer, handle);
    return id === undefined ? undefined : (await this.byIds(viewer, [id])).get(id);
  }

  /** The contact that has an external id; undefined where none has. @throws BadInputError */
  async byExternalId(viewer: BusinessViewer, externalId: string): Promise<KnownContact | undefined> {
    const checked = parseInput(externalIdSchema, externalId, 'by.externalId');
    return this.as(viewer, (tx) => this.contacts.byExternalId(tx, viewer.businessId, checked));
  }

  /** The contacts that have these ids, by id. */
  async byIds(viewer: BusinessViewer, ids: readonly string[]): Promise<Map<string, KnownContact>> {
    const contacts = await this.as(viewer, (tx) => this.contacts.byIds(tx, viewer.businessId, ids));
    return new Map(contacts.map((contact) => [contact.id, contact]));
  }

  /** A contact's handle, as this business knows it. */
  handleOf({ businessId }: BusinessViewer, contactId: string): string {
    return this.handles.seal(`business:${businessId}`, 'ctc', contactId);
  }

  private idOf({ businessId }: BusinessViewer, handle: string): string | undefined {
    return this.handles.open(`business:${businessId}`, 'ctc', handle);
  }

  private as<Result>(
    { businessId }: BusinessViewer,
    work: (tx: Transaction) => Promise<Result>,
  ): Promise<Result> {
    return this.database.transaction({ role: 'business', businessId }, work);
  }
}
