import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { BusinessViewer } from '@assent/accounts';
import { PURPOSES } from '@assent/consent';
import {
  CurrentViewer,
  loaderOf,
  PageArgs,
  Permission,
  type RequestContext,
  toConnection,
} from '@assent/platform';
import { discloseConsent } from '../../domain/contact.js';
import { ReadContactConsent } from '../../use-cases/read-contact-consent.js';
import { ReadContacts } from '../../use-cases/read-contacts.js';
import { ContactLoader } from './contact-loader.js';
import { Contact, ContactBy, ContactConnection, ContactConsent } from './contact.types.js';

/** The contacts of a business. */
@Resolver(() => Contact)
export class ContactResolver {
  constructor(
    private readonly contacts: ReadContacts,
    private readonly consents: ReadContactConsent,
    private readonly loader: ContactLoader,
  ) {}

  @Permission('contacts:read')
  @Query(() => ContactConnection, {
    name: 'contacts',
    description:
      'Your contacts, oldest first: who keeps the last endCursor finds behind it the contacts that were added since. They stay when a person stops or blocks you: their `consent` says so.',
  })
  async page(@CurrentViewer() viewer: BusinessViewer, @Args() page: PageArgs): Promise<ContactConnection> {
    const { first, contacts } = await this.contacts.page(viewer, page);
    return toConnection(
      contacts,
      first,
      (contact) => this.loader.toContact(viewer, contact),
      ({ id }) => this.contacts.handleOf(viewer, id),
    );
  }

  @Permission('contacts:read')
  @Query(() => Contact, {
    nullable: true,
    description:
      'One of your contacts; null where you have none such. Null for an external id says that nobody was matched under it, and not why: unknown, stopped and unreachable numbers are alike.',
  })
  async contact(
    @CurrentViewer() viewer: BusinessViewer,
    @Args('by', { type: () => ContactBy }) { id, externalId }: ContactBy,
  ): Promise<Contact | null> {
    const contact =
      typeof id === 'string'
        ? await this.contacts.byHandle(viewer, id)
        : await this.contacts.byExternalId(viewer, externalId ?? '');
    return contact ? this.loader.toContact(viewer, contact) : null;
  }

  @ResolveField(() => [ContactConsent], {
    description:
      'What the person allows you, for every purpose: what they said to you and what they said to all businesses. What they said to others is not in it.',
  })
  async consent(
    @Parent() { contactId }: Contact,
    @CurrentViewer() viewer: BusinessViewer,
    @Context() context: RequestContext,
  ): Promise<ContactConsent[]> {
    const load = (ids: string[]) => this.consents.execute(viewer, ids);
    const facts = await loaderOf(context, this.consents, load).load(contactId);
    if (!facts) throw new Error('A contact that was read is not there');
    return PURPOSES.map((purpose) => ({ purpose, ...discloseConsent(purpose, facts) }));
  }
}
