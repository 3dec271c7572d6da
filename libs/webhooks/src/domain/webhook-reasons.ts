import type { DocumentedReason, ReasonCatalogue } from '@assent/accounts';

const BUSINESS = 'The business whose endpoint it is.';
const NOT_BY_WAITING = 'No: `retryAt` is null, because waiting does not help.';

/** Reasons for which an endpoint stays as it is, or nothing is delivered to it. Stable: programs rely on them. */
export const WEBHOOK_REASONS = {
  ENDPOINT_NOT_FOUND: {
    message: 'This business has no webhook endpoint with that id.',
    seenBy: BUSINESS,
    means: 'The id is no endpoint of this business.',
    todo: 'Take ids from `webhookEndpoints`.',
    later: NOT_BY_WAITING,
  },
  TOO_MANY_ENDPOINTS: {
    message: 'A business has at most so many webhook endpoints. Delete one first.',
    seenBy: BUSINESS,
    means: 'Each endpoint is a delivery of every event. The message says how many there may be.',
    todo: 'Delete an endpoint that you no longer use.',
    later: `${NOT_BY_WAITING} It passes once one was deleted.`,
  },
  ENDPOINT_NOT_ENABLED: {
    message: 'The endpoint is not enabled: enable it first with updateWebhookEndpoint.',
    seenBy: BUSINESS,
    means: 'You, or the platform after it failed for long, disabled it.',
    todo: 'Enable it with `updateWebhookEndpoint`.',
    later: `${NOT_BY_WAITING} It passes once it is enabled.`,
  },
  TOO_MANY_RANGES: {
    message: 'Too many ranges are being brought to this endpoint. Wait until one is through.',
    seenBy: BUSINESS,
    means: 'Only so many ranges of events are brought to an endpoint again at a time.',
    todo: 'Wait until one is through.',
    later: 'Not at a known time: `retryAt` is null. It passes once one is through.',
  },
  TOO_MANY_DELIVERIES: {
    message: 'Too many deliveries to this endpoint are open. Wait until some are through.',
    seenBy: BUSINESS,
    means: 'Only so many deliveries of an endpoint are open at a time.',
    todo: 'Wait until some are through, or have your endpoint answer.',
    later: 'Not at a known time: `retryAt` is null. It passes once some are through.',
  },
} as const satisfies Record<string, DocumentedReason>;

export const WEBHOOKS: ReasonCatalogue = {
  title: 'Webhooks',
  about:
    'Answered by `createWebhookEndpoint`, `updateWebhookEndpoint`, `deleteWebhookEndpoint`, `rotateWebhookSecret`, `testWebhookEndpoint` and `redeliverEvents`.',
  reasons: WEBHOOK_REASONS,
};
