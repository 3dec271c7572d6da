import { Module } from '@nestjs/common';
import { AccountsModule } from '@assent/accounts';
import { WebhookPoster } from './adapters/webhook-poster.js';
import './api/events/webhook-disabled.event.js';
import './api/events/webhook-test.event.js';
import { AttemptStore } from './persistence/attempt.store.js';
import { DeliveryStore } from './persistence/delivery.store.js';
import { EndpointStore } from './persistence/endpoint.store.js';
import { EventReader } from './persistence/event-reader.js';
import { FeedStore } from './persistence/feed.store.js';
import { HealthStore } from './persistence/health.store.js';
import { RedeliveryStore } from './persistence/redelivery.store.js';
import { SecretVault } from './persistence/secret-vault.js';
import { ChangeEndpoint } from './use-cases/change-endpoint.js';
import { CreateEndpoint } from './use-cases/create-endpoint.js';
import { DeliverWebhooks } from './use-cases/deliver-webhooks.js';
import { FeedEndpoints } from './use-cases/feed-endpoints.js';
import { MeasureDeliveries } from './use-cases/measure-deliveries.js';
import { NoteAttempts } from './use-cases/note-attempts.js';
import { Payloads } from './use-cases/payload.js';
import { ReadWebhooks } from './use-cases/read-webhooks.js';
import { RedeliverEvents } from './use-cases/redeliver-events.js';
import { TellOwners } from './use-cases/tell-owners.js';

/** Events of businesses, posted to their endpoints and read again. */
@Module({
  imports: [AccountsModule],
  providers: [
    AttemptStore,
    DeliveryStore,
    EndpointStore,
    EventReader,
    FeedStore,
    HealthStore,
    RedeliveryStore,
    SecretVault,
    WebhookPoster,
    ChangeEndpoint,
    CreateEndpoint,
    DeliverWebhooks,
    FeedEndpoints,
    MeasureDeliveries,
    NoteAttempts,
    Payloads,
    ReadWebhooks,
    RedeliverEvents,
    TellOwners,
  ],
  exports: [
    ChangeEndpoint,
    CreateEndpoint,
    DeliverWebhooks,
    FeedEndpoints,
    MeasureDeliveries,
    Payloads,
    ReadWebhooks,
    RedeliverEvents,
    TellOwners,
  ],
})
export class WebhooksModule {}
