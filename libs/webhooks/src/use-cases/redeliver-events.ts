import { Injectable } from '@nestjs/common';
import { type BusinessViewer, Refused } from '@assent/accounts';
import {
  appendEvents,
  Database,
  type EventPosition,
  Hints,
  parseEventId,
  parseInput,
  type Transaction,
  uuid7,
} from '@assent/platform';
import { z } from 'zod';
import { MOST_OPEN, MOST_RANGES, REPLAY_DAYS, type WebhookEndpoint } from '../domain/endpoint.js';
import { EndpointStore } from '../persistence/endpoint.store.js';
import { EventReader } from '../persistence/event-reader.js';
import { RedeliveryStore } from '../persistence/redelivery.store.js';
import { badInput, endpointId, endpointNotFound } from './endpoint-input.js';

/** Most events that can be named in one request. */
const MOST_IDS = 100;
const DAY_MS = 24 * 3_600_000;
const IDS_RULE = `must have 1 to ${MOST_IDS} ids`;
const ONE_OF_BOTH = 'must have either ids, or from and to';

const schema = z.object({
  endpoint: z.string(),
  ids: z.array(z.string()).min(1, IDS_RULE).max(MOST_IDS, IDS_RULE).nullish(),
  from: z.date('must be a time').nullish(),
  to: z.date('must be a time').nullish(),
});

export type DeliveryRefused = Refused<
  'ENDPOINT_NOT_FOUND' | 'ENDPOINT_NOT_ENABLED' | 'TOO_MANY_DELIVERIES' | 'TOO_MANY_RANGES'
>;

/** Has events delivered because the business says so: past ones once more, or one to test an endpoint with. */
@Injectable()
export class RedeliverEvents {
  constructor(
    private readonly database: Database,
    private readonly endpoints: EndpointStore,
    private readonly reader: EventReader,
    private readonly redelivery: RedeliveryStore,
    private readonly hints: Hints,
  ) {}

  /**
   * Delivers events again, under the ids that they have: those that are named, or those of the endpoint's types in a range
   * of the last 30 days, `to` not included.
   * @returns how many of the named ones there are; null for a range
   */
  async again(
    viewer: BusinessViewer,
    input: z.input<typeof schema>,
  ): Promise<{ endpoint: WebhookEndpoint; count: number | null } | DeliveryRefused> {
    const { endpoint: id, ids, from, to } = parseInput(schema, input);
    if (ids) {
      if (from || to) throw badInput('input', ONE_OF_BOTH);
      const positions = ids.map(readEventId);
      return this.delivering(viewer, id, async (tx, endpoint) => {
        const known = await this.reader.known(tx, endpoint.businessId, positions);
        if (endpoint.open + known.length > MOST_OPEN) return tooMany();
        await this.redelivery.deliver(tx, endpoint, known);
        return { endpoint, count: known.length };
      });
    }
    if (!from || !to) throw badInput('input', ONE_OF_BOTH);
    return this.delivering(viewer, id, async (tx, endpoint) => {
      const [ranges, now] = await Promise.all([this.redelivery.ranges(tx, endpoint.id), tx.now()]);
      if (from >= to) throw badInput('input.to', 'must be later than from');
      if (to > now) throw badInput('input.to', 'must not be in the future');
      if (from.getTime() < now.getTime() - REPLAY_DAYS * DAY_MS) {
        throw badInput('input.from', `must be in the last ${REPLAY_DAYS} days`);
      }
      if (ranges >= MOST_RANGES) {
        return new Refused(
          'TOO_MANY_RANGES',
          `At most ${MOST_RANGES} ranges are brought to an endpoint at a time. Wait until one is through.`,
        );
      }
      await this.redelivery.addRange(tx, endpoint, {
        id: uuid7(now.getTime()),
        from,
        until: to,
        at: now,
      });
      return { endpoint, count: null };
    });
  }

  /** Posts an event of the type `webhook.test` to an endpoint, once. */
  async test(
    viewer: BusinessViewer,
    id: string,
  ): Promise<{ endpoint: WebhookEndpoint; event: EventPosition } | DeliveryRefused> {
    return this.delivering(viewer, id, async (tx, endpoint) => {
      if (endpoint.open >= MOST_OPEN) return tooMany();
      const { id: endpointUuid, businessId } = endpoint;
      const [eventId] = await appendEvents(tx, [
        { businessId, type: 'webhook.test', data: { endpoint: endpointUuid }, at: await tx.now() },
      ]);
      const event = await this.redelivery.deliverOnce(tx, endpoint, eventId ?? '');
      return { endpoint, event };
    });
  }

  private async delivering<Result>(
    { businessId }: BusinessViewer,
    id: string,
    work: (tx: Transaction, endpoint: WebhookEndpoint) => Promise<Result>,
  ): Promise<Result | DeliveryRefused> {
    const uuid = endpointId(id);
    if (!uuid) return endpointNotFound();
    return this.database.transaction({ role: 'business', businessId }, async (tx) => {
      // Requests for one endpoint take turns, and each counts after it has the lock.
      const endpoint = await this.endpoints.lock(tx, businessId, uuid);
      if (!endpoint) return endpointNotFound();
      if (endpoint.status !== 'ENABLED') {
        return new Refused(
          'ENDPOINT_NOT_ENABLED',
          `The endpoint is ${endpoint.status}: enable it first with updateWebhookEndpoint.`,
        );
      }
      tx.afterCommit(() => this.hints.send(['webhooks']));
      return work(tx, endpoint);
    });
  }
}

function readEventId(text: string, at: number): EventPosition {
  const position = parseEventId(text);
  if (!position) throw badInput(`input.ids[${at}]`, 'must be the id of an event, evt_…');
  return position;
}

function tooMany(): DeliveryRefused {
  return new Refused(
    'TOO_MANY_DELIVERIES',
    `An endpoint has at most ${MOST_OPEN} deliveries open. Wait until some are through.`,
  );
}
