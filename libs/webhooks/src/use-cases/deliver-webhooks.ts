import { Inject, Injectable } from '@nestjs/common';
import { Database, Gatherer, LOGGER, LOOK_UPS, publicId, Tracing } from '@assent/platform';
import type { Logger } from 'pino';
import { Webhook } from 'standardwebhooks';
import { WebhookPoster } from '../adapters/webhook-poster.js';
import type { Answer } from '../domain/attempt.js';
import { type ClaimedDelivery, DeliveryStore, type Shipment } from '../persistence/delivery.store.js';
import { SecretVault } from '../persistence/secret-vault.js';
import { NoteAttempts, type Result } from './note-attempts.js';
import { Payloads, type WrittenEvent } from './payload.js';

/** Posts under way in this process, at endpoints that are well and at those in trouble: neither takes the other's room. */
const ROOM = { well: 128, troubled: 64 };

type Kind = keyof typeof ROOM;

/** Posts what is due; for the worker. Any number may do so at the same time. */
@Injectable()
export class DeliverWebhooks {
  private readonly underWay: Record<Kind, Set<Promise<void>>> = { well: new Set(), troubled: new Set() };
  private readonly results: Gatherer<Result, undefined>;

  constructor(
    private readonly database: Database,
    private readonly deliveries: DeliveryStore,
    private readonly secrets: SecretVault,
    private readonly payloads: Payloads,
    private readonly poster: WebhookPoster,
    private readonly note: NoteAttempts,
    private readonly tracing: Tracing,
    @Inject(LOGGER) private readonly log: Logger,
  ) {
    this.results = new Gatherer(
      async (attempts) => {
        await this.note.execute(attempts);
        return attempts.map(() => undefined);
      },
      { batch: 100, parallel: 2 },
    );
  }

  /** Begins to post what is due, as far as there is room, and does not wait for answers. @returns false where it began none */
  async execute(stopping: AbortSignal): Promise<boolean> {
    const begun = await Promise.all([this.begin('well', stopping), this.begin('troubled', stopping)]);
    return begun.some(Boolean);
  }

  /** Resolves when one of the posts under way has ended; at once where there are none. */
  async oneEnded(): Promise<void> {
    await Promise.race([...this.underWay.well, ...this.underWay.troubled]);
  }

  /** Whether anything is under way. */
  get busy(): boolean {
    return this.underWay.well.size + this.underWay.troubled.size > 0;
  }

  /** Resolves when all posts have ended. */
  async ended(): Promise<void> {
    await Promise.all([...this.underWay.well, ...this.underWay.troubled]);
  }

  private async begin(kind: Kind, stopping: AbortSignal): Promise<boolean> {
    const underWay = this.underWay[kind];
    const room = ROOM[kind] - underWay.size;
    if (room <= 0) return false;
    const claimed = await this.database.transaction(LOOK_UPS, async (tx) => {
      const claims = await this.deliveries.claim(tx, kind === 'troubled', room);
      return claims.length === 0 ? [] : { claims, shipments: await this.deliveries.shipments(tx, claims) };
    });
    if (!('claims' in claimed)) return false;
    for (const [at, claim] of claimed.claims.entries()) {
      const post = this.deliver(claim, claimed.shipments[at], stopping)
        .catch((error: unknown) => {
          // Its lease ends, and then it is tried again.
          this.log.error({ err: error }, 'A webhook could not be delivered or its result not be noted');
        })
        .finally(() => underWay.delete(post));
      underWay.add(post);
    }
    return true;
  }

  private async deliver(
    claim: ClaimedDelivery,
    shipment: Shipment | undefined,
    stopping: AbortSignal,
  ): Promise<void> {
    if (!shipment?.event) {
      // Nothing is left to deliver: the endpoint was removed, or the event has aged out.
      await this.database.transaction(LOOK_UPS, (tx) => this.deliveries.end(tx, [claim]));
      return;
    }
    const { url, event } = shipment;
    const id = this.payloads.idOf(claim);
    const body = this.payloads.of(claim.businessId, event);
    const headers = this.sign(claim.endpointId, shipment, id, body);
    const since = Date.now();
    const answer = await this.poster.post({ url, headers, body }, stopping);
    if (answer && this.tracing.on) this.trace(claim, event, answer, since);
    if (answer) await this.results.add({ claim, type: event.type, answer });
    else await this.database.transaction(LOOK_UPS, (tx) => this.deliveries.release(tx, [claim]));
  }

  /** An attempt is a step in the trace of the message that it tells of, or a trace of its own. */
  private trace(
    { businessId, attempts }: ClaimedDelivery,
    { type, messageId }: WrittenEvent,
    { statusCode, failure }: Answer,
    since: number,
  ): void {
    this.tracing.add('webhook attempt', {
      since,
      parent: messageId === null ? undefined : this.tracing.messageContext(messageId),
      kind: 'client',
      attributes: {
        'assent.business': publicId('biz', businessId),
        'assent.event': type,
        'assent.attempt': attempts,
        'assent.outcome': failure ?? 'ok',
        ...(statusCode === null ? {} : { 'http.response.status_code': statusCode }),
      },
      failed: failure !== null,
    });
  }

  /** The headers of Standard Webhooks; two signatures while one secret takes over from another. */
  private sign(
    endpointId: string,
    { sealed, previousSealed }: Shipment,
    id: string,
    body: string,
  ): Record<string, string> {
    // Of this process, since receivers compare it with the time of the world.
    const at = new Date();
    const signatures = [sealed, previousSealed].flatMap((secret) =>
      secret ? [new Webhook(this.secrets.open(endpointId, secret)).sign(id, at, body)] : [],
    );
    return {
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
      'webhook-signature': signatures.join(' '),
    };
  }
}
