import { eventKind, publicId } from '@assent/platform';

eventKind('conversation.changed', {
  description:
    'Something happened to a conversation in the inbox of your staff. That the person wrote, and what, is `message.received`.',
  fields: {
    contact: 'Id of the contact, `ctc_…`.',
    change: '`ASSIGNED`, `CLOSED`, `REOPENED`, `READ`, `NOTED` or `NOTE_DELETED`.',
    state: '`OPEN` or `CLOSED`, after it.',
    assignee: 'Id of the member who has it, `mem_…`, after it; null: nobody.',
    unread: 'How many messages of the person nobody has read, after it.',
    by: 'Who did it, `mem_…` or `key_…`; null: the person, whose message opened it again.',
  },
  example: {
    contact: 'ctc_2m6x8r4k0n3q9w5t7y1c8v6b4d',
    change: 'ASSIGNED',
    state: 'OPEN',
    assignee: 'mem_01k6h5r2m8qvx3n7c9d4e5f6g7',
    unread: 2,
    by: 'mem_01k6h5r2m8qvx3n7c9d4e5f6g7',
  },
  toData: ({ contactId, data, handle }) => ({
    contact: handle('ctc', contactId ?? ''),
    change: String(data['change']),
    state: String(data['state']),
    assignee: typeof data['assignedTo'] === 'string' ? publicId('mem', data['assignedTo']) : null,
    unread: Number(data['unread']),
    by: (data['by'] as string | null | undefined) ?? null,
  }),
});
