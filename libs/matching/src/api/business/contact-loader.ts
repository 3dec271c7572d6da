import { Injectable } from '@nestjs/common';
import type { BusinessViewer } from '@assent/accounts';
import type { KnownContact } from '../../domain/contact.js';
import { ReadContacts } from '../../use-cases/read-contacts.js';
import { Contact } from './contact.types.js';

/** Contacts as a business sees them, many at once: for `loaderOf`. */
@Injectable()
export class ContactLoader {
  constructor(private readonly contacts: ReadContacts) {}

  /** The viewer's contacts that have these ids, by id; what is not theirs is left out. */
  async byIds(viewer: BusinessViewer, ids: string[]): Promise<Map<string, Contact>> {
    const found = await this.contacts.byIds(viewer, ids);
    return new Map([...found].map(([id, contact]) => [id, this.toContact(viewer, contact)]));
  }

  /** A contact with its handle. */
  toContact(viewer: BusinessViewer, { id, externalId, createdAt }: KnownContact): Contact {
    return { id: this.contacts.handleOf(viewer, id), externalId, createdAt, contactId: id };
  }
}
