import { Injectable } from '@nestjs/common';
import type { BusinessViewer } from '@assent/accounts';
import {
  Database,
  type EventPosition,
  type PageArgs,
  pageSchema,
  parseEventId,
  parseInput,
  parsePublicId,
} from '@assent/platform';
import type { WebhookEndpoint } from '../domain/endpoint.js';
import { AttemptStore, type WebhookAttempt } from '../persistence/attempt.store.js';
import { EndpointStore } from '../persistence/endpoint.store.js';
import { EventReader, type StoredEvent } from '../persistence/event-reader.js';
import { badInput, endpointId, typesRule } from './endpoint-input.js';
import { subscribableTypes } from './payload.js';

const eventsSchema = pageSchema.extend({ types: typesRule.nullish() });

/** Reads what a business has of webhooks and events. */
@Injectable()
export class ReadWebhooks {
  constructor(
    private readonly database: Database,
    private readonly endpoints: EndpointStore,
    private readonly attempts: AttemptStore,
    private readonly reader: EventReader,
  ) {}

  all({ businessId }: BusinessViewer): Promise<WebhookEndpoint[]> {
    return this.database.transaction({ role: 'business', businessId }, (tx) =>
      this.endpoints.all(tx, businessId),
    );
  }

  /** Attempts at an endpoint, newest first; one more than asked for, if there is one. None where there is no such endpoint. */
  async tries({ businessId }: BusinessViewer, endpoint: string, args: PageArgs): Promise<WebhookAttempt[]> {
    const { first, after } = parseInput(pageSchema, args, 'webhookDeliveries');
    const before = after ? parsePublicId('wha', after) : null;
    if (before === undefined) throw badInput('webhookDeliveries.after', CURSOR_RULE);
    const uuid = endpointId(endpoint);
    if (!uuid) return [];
    return this.database.transaction({ role: 'business', businessId }, (tx) =>
      this.attempts.page(tx, uuid, before, first + 1),
    );
  }

  /** Events of the last 30 days after one, oldest first; one more than asked for, if there is one. */
  async events(
    { businessId }: BusinessViewer,
    args: PageArgs & { types?: string[] | null },
  ): Promise<StoredEvent[]> {
    const { first, after, types } = parseInput(eventsSchema, args, 'events');
    const position: EventPosition | null | undefined = after ? parseEventId(after) : null;
    if (position === undefined) throw badInput('events.after', 'must be the id of an event, evt_…');
    return this.database.transaction({ role: 'business', businessId }, (tx) =>
      this.reader.after(tx, businessId, position, types ?? subscribableTypes(), first + 1),
    );
  }
}

const CURSOR_RULE = 'must be an endCursor of this connection';
