import { eventKind } from '@assent/platform';

eventKind('consent.changed', {
  description:
    'A contact said something about consent to you alone: what they say to everyone is in `contact { consent }` and no event, because its time would tell businesses that they know the same person.',
  fields: {
    contact: 'Id of the contact, `ctc_…`; `contact { consent }` says what holds now.',
    action: '`STOP`, `ALLOW`, `LIFT`, `BLOCK` or `UNBLOCK`.',
    purpose: 'The purpose; null where every purpose is meant.',
  },
  example: {
    contact: 'ctc_2m6x8r4k0n3q9w5t7y1c8v6b4d',
    action: 'STOP',
    purpose: 'MARKETING',
  },
  toData: ({ contactId, data, handle }) => ({
    contact: handle('ctc', contactId ?? ''),
    action: String(data['action']),
    purpose: (data['purpose'] as string | null | undefined) ?? null,
  }),
});
