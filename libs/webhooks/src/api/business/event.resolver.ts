import { Args, Query, Resolver } from '@nestjs/graphql';
import type { BusinessViewer } from '@assent/accounts';
import { CurrentViewer, formatEventId, PageArgs, Permission, toConnection } from '@assent/platform';
import { Payloads } from '../../use-cases/payload.js';
import { ReadWebhooks } from '../../use-cases/read-webhooks.js';
import { BusinessEventConnection } from './reading.types.js';

/** What happened to a business, to be read again. */
@Resolver()
export class EventResolver {
  constructor(
    private readonly reading: ReadWebhooks,
    private readonly payloads: Payloads,
  ) {}

  @Permission('events:read')
  @Query(() => BusinessEventConnection, {
    description:
      'Your events of the last 30 days in the order in which webhooks are posted, oldest first; after the one whose id is given. Who reads on from the last id that they have misses none and reads none twice.',
  })
  async events(
    @CurrentViewer() viewer: BusinessViewer,
    @Args() { first, after }: PageArgs,
    @Args('types', {
      type: () => [String],
      nullable: true,
      description: 'Only of these types; null: of all.',
    })
    types: string[] | null,
  ): Promise<BusinessEventConnection> {
    const events = await this.reading.events(viewer, { first, after, types });
    return toConnection(
      events,
      first,
      (event) => ({
        id: formatEventId(event),
        type: event.type,
        timestamp: event.at,
        payload: this.payloads.of(viewer.businessId, event),
      }),
      formatEventId,
    );
  }
}
