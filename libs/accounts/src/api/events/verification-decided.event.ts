import { eventKind, publicId } from '@assent/platform';

eventKind('verification.decided', {
  description:
    'The operator decided about your request to be verified. Where it was rejected, the reason stands in `viewer { business { verification { reason } } }`.',
  fields: {
    verification: 'Id of the request, `ver_…`.',
    status: '`APPROVED` or `REJECTED`.',
  },
  example: { verification: 'ver_01kb4q2m6yf3x8w7r5t9n1c0de', status: 'APPROVED' },
  toData: ({ data }) => ({
    verification: publicId('ver', String(data['verification'])),
    status: String(data['status']),
  }),
});
