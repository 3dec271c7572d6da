import { eventKind } from '@assent/platform';

eventKind('message.received', {
  description:
    'A person wrote to you. The text is not in the event: read it with the query `message`, as long as it is there.',
  fields: {
    message: 'Id of the message, `msg_…`.',
    contact: 'Id of the contact who wrote it, `ctc_…`.',
    sequence: 'Number of the message in its conversation: 1, 2, 3 …, counting both directions, without gaps.',
  },
  example: {
    message: 'msg_7q0w3n8k5r2x9y4t6c1m0v3b5d',
    contact: 'ctc_2m6x8r4k0n3q9w5t7y1c8v6b4d',
    sequence: 18,
  },
  toData: ({ contactId, messageId, data, handle }) => ({
    message: handle('msg', messageId ?? ''),
    contact: handle('ctc', contactId ?? ''),
    sequence: Number(data['seq']),
  }),
});
