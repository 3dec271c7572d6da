import { eventKind } from '@assent/platform';
import type { MessageStatus } from '../../domain/message.js';

/** How far along a message is in each status: 4 is the end of one that was not delivered. */
const STEPS: Record<MessageStatus, number> = {
  ACCEPTED: 0,
  DISPATCHED: 1,
  DELIVERED: 2,
  READ: 3,
  EXPIRED: 4,
  SUPPRESSED: 4,
  CANCELLED: 4,
  FAILED: 4,
};

eventKind('message.status', {
  description: 'A message of yours took a step after it was accepted, or ended.',
  fields: {
    message: 'Id of the message, `msg_…`.',
    contact: 'Id of the contact that it is for, `ctc_…`.',
    sequence: 'Number of the message in its conversation: 1, 2, 3 …, counting both directions, without gaps.',
    status: `One of ${Object.keys(STEPS).join(', ')}.`,
    step: 'How far along that is: 1 DISPATCHED, 2 DELIVERED, 3 READ, 4 for the end of one that was not delivered. Of what you hold and what comes, the higher step is the newer one.',
    deliveredBy: 'With DELIVERED: IN_APP, or SMS where a carrier said so; else null.',
    reason: 'Why it ended without being delivered; else null.',
  },
  example: {
    message: 'msg_7q0w3n8k5r2x9y4t6c1m0v3b5d',
    contact: 'ctc_2m6x8r4k0n3q9w5t7y1c8v6b4d',
    sequence: 17,
    status: 'DELIVERED',
    step: 2,
    deliveredBy: 'IN_APP',
    reason: null as string | null,
  },
  toData: ({ contactId, messageId, data, handle }) => {
    const status = data['status'] as MessageStatus;
    return {
      message: handle('msg', messageId ?? ''),
      contact: handle('ctc', contactId ?? ''),
      sequence: Number(data['seq']),
      status,
      step: STEPS[status],
      deliveredBy: status === 'DELIVERED' ? ((data['by'] as string | undefined) ?? 'IN_APP') : null,
      reason: (data['reason'] as string | null | undefined) ?? null,
    };
  },
});
