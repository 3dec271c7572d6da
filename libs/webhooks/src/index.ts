export { WebhooksBusinessApiModule } from './api/business/webhooks-business-api.module.js';
export { eventsPage } from './api/events/events-page.js';
export { DeliverWebhooks } from './use-cases/deliver-webhooks.js';
export { FeedEndpoints } from './use-cases/feed-endpoints.js';
export { MeasureDeliveries } from './use-cases/measure-deliveries.js';
export { TellOwners } from './use-cases/tell-owners.js';
export { WebhooksModule } from './webhooks.module.js';
export { WEBHOOKS_SEALED } from './persistence/secret-vault.js';
