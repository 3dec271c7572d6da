import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { BusinessViewer } from '@assent/accounts';
import { Contact } from '@assent/matching';
import { CurrentViewer, loaderOf, type RequestContext } from '@assent/platform';
import { ReadServiceWindows } from '../../use-cases/read-service-windows.js';
import { ServiceWindow } from './message.types.js';

/** Whether a business may write to a contact in its own words. */
@Resolver(() => Contact)
export class ServiceWindowResolver {
  constructor(private readonly windows: ReadServiceWindows) {}

  @ResolveField(() => ServiceWindow, {
    description: 'Until when you may answer in your own words; else only templates are taken.',
  })
  async serviceWindow(
    @Parent() { contactId }: Contact,
    @CurrentViewer() viewer: BusinessViewer,
    @Context() context: RequestContext,
  ): Promise<ServiceWindow> {
    const loader = loaderOf(context, this.windows, (ids: string[]) => this.windows.ofContacts(viewer, ids));
    return (await loader.load(contactId)) ?? { open: false, closesAt: null };
  }
}
