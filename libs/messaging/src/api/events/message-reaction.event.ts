import { eventKind } from '@assent/platform';

eventKind('message.reaction', {
  description:
    'Somebody reacted to a message with an emoji, with another one, or took it back. Which emoji is not in the event: read `message { reactions }`.',
  fields: {
    message: 'Id of the message, `msg_…`.',
    contact: 'Id of the contact whose conversation it is in, `ctc_…`.',
    sequence: 'Number of the message in its conversation.',
    by: '`PERSON` or `BUSINESS`.',
    removed: 'True: it was taken back.',
  },
  example: {
    message: 'msg_7q0w3n8k5r2x9y4t6c1m0v3b5d',
    contact: 'ctc_2m6x8r4k0n3q9w5t7y1c8v6b4d',
    sequence: 17,
    by: 'PERSON',
    removed: false,
  },
  toData: ({ contactId, messageId, data, handle }) => ({
    message: handle('msg', messageId ?? ''),
    contact: handle('ctc', contactId ?? ''),
    sequence: Number(data['seq']),
    by: String(data['side']),
    removed: data['removed'] === true,
  }),
});
