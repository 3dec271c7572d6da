import { Injectable } from '@nestjs/common';
import type { BusinessViewer } from '@assent/accounts';
import { Configuration, Database, Hints, parseInput, type Transaction } from '@assent/platform';
import { z } from 'zod';
import type { WebhookEndpoint } from '../domain/endpoint.js';
import { EndpointStore } from '../persistence/endpoint.store.js';
import { SecretVault } from '../persistence/secret-vault.js';
import {
  descriptionRule,
  endpointId,
  endpointNotFound,
  type EndpointNotFound,
  typesRule,
  urlRule,
} from './endpoint-input.js';

const HOUR_MS = 3_600_000;
const MOST_OVERLAP_HOURS = 7 * 24;
const OVERLAP_RULE = `must be a whole number from 0 to ${MOST_OVERLAP_HOURS}`;

const rotationSchema = z.object({
  id: z.string(),
  overlapHours: z.int(OVERLAP_RULE).min(0, OVERLAP_RULE).max(MOST_OVERLAP_HOURS, OVERLAP_RULE),
});

interface UpdateInput {
  id: string;
  url?: string | null;
  types?: string[] | null;
  description?: string | null;
  status?: 'ENABLED' | 'PAUSED' | null;
}

/** Changes, rotates and removes endpoints. */
@Injectable()
export class ChangeEndpoint {
  private readonly schema;

  constructor(
    private readonly database: Database,
    private readonly endpoints: EndpointStore,
    private readonly secrets: SecretVault,
    private readonly hints: Hints,
    { allowPrivateWebhooks }: Configuration,
  ) {
    this.schema = z.object({
      id: z.string(),
      url: urlRule(allowPrivateWebhooks).nullish(),
      types: typesRule.nullish(),
      description: descriptionRule.nullish(),
      status: z.enum(['ENABLED', 'PAUSED']).nullish(),
    });
  }

  /**
   * Changes what is given. A paused or disabled endpoint that is enabled again goes on where it stopped, with events of at
   * most 30 days; with another URL or once enabled, nothing that failed before counts against it.
   */
  async update(viewer: BusinessViewer, input: UpdateInput): Promise<WebhookEndpoint | EndpointNotFound> {
    const { id, url, types, description, status } = parseInput(this.schema, input);
    return this.changing(viewer, id, async (tx, endpoint) => {
      await this.endpoints.change(tx, endpoint.id, {
        url: url ?? undefined,
        types: types ?? undefined,
        description: description ?? undefined,
        status: status ?? undefined,
      });
      if (status === 'ENABLED' || url) tx.afterCommit(() => this.hints.send(['webhooks']));
    });
  }

  /** Gives an endpoint another secret; what is posted is signed with both until the overlap is over. */
  async rotate(
    viewer: BusinessViewer,
    input: z.input<typeof rotationSchema>,
  ): Promise<{ secret: string; endpoint: WebhookEndpoint } | EndpointNotFound> {
    const { id, overlapHours } = parseInput(rotationSchema, input);
    let secret = '';
    const endpoint = await this.changing(viewer, id, async (tx, { id: uuid }) => {
      const made = this.secrets.make(uuid);
      secret = made.secret;
      await this.endpoints.rotate(tx, uuid, made.sealed, overlapHours * HOUR_MS);
    });
    return 'reason' in endpoint ? endpoint : { secret, endpoint };
  }

  /** Removes an endpoint with all that is on its way there. */
  async remove({ businessId }: BusinessViewer, id: string): Promise<EndpointNotFound | undefined> {
    const uuid = endpointId(id);
    const removed =
      uuid !== undefined &&
      (await this.database.transaction({ role: 'business', businessId }, (tx) =>
        this.endpoints.remove(tx, businessId, uuid),
      ));
    return removed ? undefined : endpointNotFound();
  }

  private async changing(
    { businessId }: BusinessViewer,
    id: string,
    change: (tx: Transaction, endpoint: WebhookEndpoint) => Promise<void>,
  ): Promise<WebhookEndpoint | EndpointNotFound> {
    const uuid = endpointId(id);
    if (!uuid) return endpointNotFound();
    return this.database.transaction({ role: 'business', businessId }, async (tx) => {
      const endpoint = await this.endpoints.lock(tx, businessId, uuid);
      if (!endpoint) return endpointNotFound();
      await change(tx, endpoint);
      return (await this.endpoints.byId(tx, businessId, uuid)) ?? endpointNotFound();
    });
  }
}
