import { eventKind, publicId } from '@assent/platform';

eventKind('webhook.test', {
  description:
    'Somebody of yours called `testWebhookEndpoint`. It goes to that endpoint only, once, whatever its types are.',
  fields: { endpoint: 'Id of the endpoint, `whk_…`.' },
  example: { endpoint: 'whk_01kb4q2m6yf3x8w7r5t9n1c0de' },
  toData: ({ data }) => ({ endpoint: publicId('whk', String(data['endpoint'])) }),
  subscribable: false,
});
