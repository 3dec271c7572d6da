import { eventKind } from '@assent/platform';

eventKind('contact.block_changed', {
  description:
    'Somebody of yours blocked a contact, or took that back. That the person blocks you is `consent.changed`.',
  fields: {
    contact: 'Id of the contact, `ctc_…`.',
    blocked: 'True: nothing goes either way from now on.',
    by: 'Who did it, `mem_…` or `key_…`.',
  },
  example: {
    contact: 'ctc_2m6x8r4k0n3q9w5t7y1c8v6b4d',
    blocked: true,
    by: 'mem_01k6h5r2m8qvx3n7c9d4e5f6g7',
  },
  toData: ({ contactId, data, handle }) => ({
    contact: handle('ctc', contactId ?? ''),
    blocked: data['blocked'] === true,
    by: String(data['by']),
  }),
});
