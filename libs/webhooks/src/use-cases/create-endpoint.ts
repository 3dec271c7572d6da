import { Injectable } from '@nestjs/common';
import { type BusinessViewer, Refused } from '@assent/accounts';
import { Configuration, Database, parseInput, uuid7 } from '@assent/platform';
import { z } from 'zod';
import { MOST_ENDPOINTS, type WebhookEndpoint } from '../domain/endpoint.js';
import { EndpointStore } from '../persistence/endpoint.store.js';
import { SecretVault } from '../persistence/secret-vault.js';
import { descriptionRule, typesRule, urlRule } from './endpoint-input.js';

interface CreateInput {
  url: string;
  types: string[];
  description?: string | null;
}

/** Adds an endpoint, which gets what happens from now on. Its secret is in this answer and never again. */
@Injectable()
export class CreateEndpoint {
  private readonly schema;

  constructor(
    private readonly database: Database,
    private readonly endpoints: EndpointStore,
    private readonly secrets: SecretVault,
    { allowPrivateWebhooks }: Configuration,
  ) {
    this.schema = z.object({
      url: urlRule(allowPrivateWebhooks),
      types: typesRule,
      description: descriptionRule.nullish(),
    });
  }

  async execute(
    { businessId, actor }: BusinessViewer,
    input: CreateInput,
  ): Promise<{ secret: string; endpoint: WebhookEndpoint } | Refused<'TOO_MANY_ENDPOINTS'>> {
    if (!('memberId' in actor)) throw new Error('Only a member adds endpoints');
    const { url, types, description } = parseInput(this.schema, input);
    return this.database.transaction({ role: 'business', businessId }, async (tx) => {
      // Two that add the last one take turns here, and each counts after it has the lock.
      const [, count, now] = await Promise.all([
        this.endpoints.lockBusiness(tx, businessId),
        this.endpoints.count(tx, businessId),
        tx.now(),
      ]);
      if (count >= MOST_ENDPOINTS) {
        return new Refused(
          'TOO_MANY_ENDPOINTS',
          `A business has at most ${MOST_ENDPOINTS} webhook endpoints. Delete one first.`,
        );
      }
      const id = uuid7(now.getTime());
      const { secret, sealed } = this.secrets.make(id);
      await this.endpoints.add(tx, businessId, uuid7(now.getTime()), {
        id,
        url,
        description: description ?? '',
        types,
        sealed,
        createdBy: actor.memberId,
        at: now,
      });
      const endpoint = await this.endpoints.byId(tx, businessId, id);
      if (!endpoint) throw new Error('An endpoint was not added');
      return { secret, endpoint };
    });
  }
}
