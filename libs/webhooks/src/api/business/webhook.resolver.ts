import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { type BusinessViewer, Refused, toRefusal } from '@assent/accounts';
import {
  CurrentViewer,
  formatEventId,
  Idempotent,
  PageArgs,
  Permission,
  publicId,
  toConnection,
} from '@assent/platform';
import { ChangeEndpoint } from '../../use-cases/change-endpoint.js';
import { CreateEndpoint } from '../../use-cases/create-endpoint.js';
import { ReadWebhooks } from '../../use-cases/read-webhooks.js';
import { RedeliverEvents } from '../../use-cases/redeliver-events.js';
import { WebhookDeliveryConnection } from './reading.types.js';
import {
  CreateWebhookEndpointInput,
  CreateWebhookEndpointPayload,
  CreateWebhookEndpointRefused,
  CreateWebhookEndpointResult,
  DeleteWebhookEndpointPayload,
  DeleteWebhookEndpointResult,
  RedeliverEventsInput,
  RedeliverEventsPayload,
  RedeliverEventsResult,
  RotateWebhookSecretInput,
  RotateWebhookSecretResult,
  TestWebhookEndpointPayload,
  TestWebhookEndpointResult,
  toEndpoint,
  UpdateWebhookEndpointInput,
  UpdateWebhookEndpointResult,
  WebhookDeliveryRefused,
  WebhookEndpoint,
  WebhookEndpointIdInput,
  WebhookEndpointPayload,
  WebhookEndpointRefused,
} from './webhook.types.js';

const WHO = 'Members with the role OWNER or ADMIN.';

/** Endpoints that a business has its events posted to. */
@Resolver()
export class WebhookResolver {
  constructor(
    private readonly creating: CreateEndpoint,
    private readonly changing: ChangeEndpoint,
    private readonly reading: ReadWebhooks,
    private readonly delivering: RedeliverEvents,
  ) {}

  @Permission('webhooks:manage')
  @Query(() => [WebhookEndpoint], { description: `Your webhook endpoints, oldest first. ${WHO}` })
  async webhookEndpoints(@CurrentViewer() viewer: BusinessViewer): Promise<WebhookEndpoint[]> {
    return (await this.reading.all(viewer)).map(toEndpoint);
  }

  @Permission('webhooks:manage')
  @Query(() => WebhookDeliveryConnection, {
    description: `What was tried at an endpoint in the last 30 days, newest first; empty where it is none of yours. ${WHO}`,
  })
  async webhookDeliveries(
    @CurrentViewer() viewer: BusinessViewer,
    @Args('endpoint', { type: () => ID }) endpoint: string,
    @Args() page: PageArgs,
  ): Promise<WebhookDeliveryConnection> {
    const tries = await this.reading.tries(viewer, endpoint, page);
    return toConnection(
      tries,
      page.first,
      ({ id, xid, eventId, eventType, ...attempt }) => ({
        ...attempt,
        id: publicId('wha', id),
        event: formatEventId({ xid, id: eventId }),
        type: eventType,
        delivered: attempt.failure === null,
      }),
      ({ id }) => publicId('wha', id),
    );
  }

  @Permission('webhooks:manage')
  @Idempotent()
  @Mutation(() => CreateWebhookEndpointResult, {
    description: `Adds an endpoint, which gets what happens from now on, and shows its secret, this once. ${WHO} Refusals: \`TOO_MANY_ENDPOINTS\`.`,
  })
  async createWebhookEndpoint(
    @CurrentViewer() viewer: BusinessViewer,
    @Args('input') input: CreateWebhookEndpointInput,
  ): Promise<typeof CreateWebhookEndpointResult> {
    const made = await this.creating.execute(viewer, input);
    return made instanceof Refused ? toRefusal(CreateWebhookEndpointRefused, made) : shown(made);
  }

  @Permission('webhooks:manage')
  @Mutation(() => UpdateWebhookEndpointResult, {
    description: `Changes what is given. One that is enabled again goes on where it stopped, as far as 30 days back. ${WHO} Refusals: \`ENDPOINT_NOT_FOUND\`.`,
  })
  async updateWebhookEndpoint(
    @CurrentViewer() viewer: BusinessViewer,
    @Args('input') input: UpdateWebhookEndpointInput,
  ): Promise<typeof UpdateWebhookEndpointResult> {
    const changed = await this.changing.update(viewer, input);
    if (changed instanceof Refused) return toRefusal(WebhookEndpointRefused, changed);
    return Object.assign(new WebhookEndpointPayload(), { endpoint: toEndpoint(changed) });
  }

  @Permission('webhooks:manage')
  @Idempotent()
  @Mutation(() => RotateWebhookSecretResult, {
    description: `Gives an endpoint another secret and shows it, this once. Until the overlap is over, events carry a signature by each of both. ${WHO} Refusals: \`ENDPOINT_NOT_FOUND\`.`,
  })
  async rotateWebhookSecret(
    @CurrentViewer() viewer: BusinessViewer,
    @Args('input') input: RotateWebhookSecretInput,
  ): Promise<typeof RotateWebhookSecretResult> {
    const made = await this.changing.rotate(viewer, input);
    return made instanceof Refused ? toRefusal(WebhookEndpointRefused, made) : shown(made);
  }

  @Permission('webhooks:manage')
  @Mutation(() => DeleteWebhookEndpointResult, {
    description: `Removes an endpoint with all that is on its way there. ${WHO} Refusals: \`ENDPOINT_NOT_FOUND\`.`,
  })
  async deleteWebhookEndpoint(
    @CurrentViewer() viewer: BusinessViewer,
    @Args('input') { id }: WebhookEndpointIdInput,
  ): Promise<typeof DeleteWebhookEndpointResult> {
    const refused = await this.changing.remove(viewer, id);
    if (refused) return toRefusal(WebhookEndpointRefused, refused);
    return Object.assign(new DeleteWebhookEndpointPayload(), { id });
  }

  @Permission('webhooks:manage')
  @Idempotent()
  @Mutation(() => TestWebhookEndpointResult, {
    description: `Posts an event of the type webhook.test to an endpoint, once. ${WHO} Refusals: \`ENDPOINT_NOT_FOUND\`, \`ENDPOINT_NOT_ENABLED\`, \`TOO_MANY_DELIVERIES\`.`,
  })
  async testWebhookEndpoint(
    @CurrentViewer() viewer: BusinessViewer,
    @Args('input') { id }: WebhookEndpointIdInput,
  ): Promise<typeof TestWebhookEndpointResult> {
    const test = await this.delivering.test(viewer, id);
    if (test instanceof Refused) return toRefusal(WebhookDeliveryRefused, test);
    return Object.assign(new TestWebhookEndpointPayload(), { event: formatEventId(test.event) });
  }

  @Permission('webhooks:manage')
  @Idempotent()
  @Mutation(() => RedeliverEventsResult, {
    description: `Delivers past events again, under the ids that they have: some by their ids, or those of the endpoint’s types in a range of time. ${WHO} Refusals: \`ENDPOINT_NOT_FOUND\`, \`ENDPOINT_NOT_ENABLED\`, \`TOO_MANY_DELIVERIES\`, \`TOO_MANY_RANGES\`.`,
  })
  async redeliverEvents(
    @CurrentViewer() viewer: BusinessViewer,
    @Args('input') input: RedeliverEventsInput,
  ): Promise<typeof RedeliverEventsResult> {
    const again = await this.delivering.again(viewer, input);
    if (again instanceof Refused) return toRefusal(WebhookDeliveryRefused, again);
    const { count, endpoint } = again;
    return Object.assign(new RedeliverEventsPayload(), { count, endpoint: toEndpoint(endpoint) });
  }
}

function shown({
  secret,
  endpoint,
}: Exclude<Awaited<ReturnType<CreateEndpoint['execute']>>, Refused>): CreateWebhookEndpointPayload {
  return Object.assign(new CreateWebhookEndpointPayload(), { secret, endpoint: toEndpoint(endpoint) });
}
