import { Args, Context, ID, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { BusinessViewer } from '@assent/accounts';
import {
  CurrentViewer,
  loaderOf,
  PageArgs,
  Permission,
  type RequestContext,
  toConnection,
} from '@assent/platform';
import { type AskedPage, ReadContactHistory } from '../../use-cases/read-contact-history.js';
import {
  ContactConsentEventConnection,
  ContactConsentReceipt,
  ContactConsentReceiptNotReady,
  ContactConsentReceiptResult,
} from './contact-history.types.js';
import { Contact } from './contact.types.js';

/** What happened about consent between a business and its contacts. */
@Resolver(() => Contact)
export class ContactHistoryResolver {
  constructor(private readonly history: ReadContactHistory) {}

  @ResolveField(() => ContactConsentEventConnection, {
    description:
      'What was said and done about consent between you and this contact, newest first. What the person said to all ' +
      'businesses at once is not an event of yours and is not in it: it concerns others as well, and would show when they ' +
      'acted towards them. It shows in `consent`, where it counts for you.',
  })
  async consentHistory(
    @Parent() { contactId }: Contact,
    @Args() { first, after }: PageArgs,
    @CurrentViewer() viewer: BusinessViewer,
    @Context() context: RequestContext,
  ): Promise<ContactConsentEventConnection> {
    const key = JSON.stringify({ contactId, first, after: after ?? null });
    const rows =
      (await loaderOf(context, this.history, (keys: string[]) => this.load(viewer, keys)).load(key)) ?? [];
    const handleOf = ({ id }: { id: string }) => this.history.handleOf(viewer, id);
    return toConnection(rows, first, (entry) => ({ ...entry, id: handleOf(entry) }), handleOf);
  }

  @Permission('contacts:read')
  @Query(() => ContactConsentReceiptResult, {
    description:
      'A signed receipt of an event between you and a contact, to show to others. Right after the event it waits for the ' +
      'log, at most 2 s. Refused with RECEIPT_NOT_READY where the log has not got there by then.',
  })
  async contactConsentReceipt(
    @CurrentViewer() viewer: BusinessViewer,
    @Args('contact', { type: () => ID, description: 'The contact, `ctc_…`.' }) contact: string,
    @Args('eventId', { type: () => ID, description: 'Id of the event in its `consentHistory`, `evt_…`.' })
    eventId: string,
  ): Promise<ContactConsentReceipt | ContactConsentReceiptNotReady> {
    const receipt = await this.history.receipt(viewer, { contact, eventId });
    if ('document' in receipt) return Object.assign(new ContactConsentReceipt(), { eventId, ...receipt });
    return Object.assign(new ContactConsentReceiptNotReady(), {
      reason: 'RECEIPT_NOT_READY',
      message: 'The event counts, but the log has not been signed with it yet. Ask again in a moment.',
      retryAt: receipt.retryAt,
    });
  }

  /** All pages that one operation asks for, in one statement. */
  private async load(viewer: BusinessViewer, keys: string[]) {
    const pages = await this.history.pages(
      viewer,
      keys.map((key) => JSON.parse(key) as AskedPage),
    );
    return new Map(keys.map((key, at) => [key, pages[at] ?? []]));
  }
}
