import { eventKind, publicId } from '@assent/platform';

eventKind('webhook.disabled', {
  description:
    'The platform disabled one of your endpoints, since nothing was taken there for five days or it answered 410. Your other endpoints hear of it; your owners get a mail as well.',
  fields: {
    endpoint: 'Id of the endpoint, `whk_…`.',
    because: '`FAILING` or `GONE`.',
  },
  example: { endpoint: 'whk_01kb4q2m6yf3x8w7r5t9n1c0de', because: 'FAILING' },
  toData: ({ data }) => ({
    endpoint: publicId('whk', String(data['endpoint'])),
    because: String(data['because']),
  }),
});
