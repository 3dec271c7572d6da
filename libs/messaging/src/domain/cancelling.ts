import type { CancellingReason } from './cancelling-reasons.js';
import type { MessageStatus } from './message.js';

/** What becomes of the wish to take a message back. */
export type Cancelling =
  { outcome: 'CANCEL' | 'WAS_CANCELLED' } | { outcome: 'REFUSED'; reason: CancellingReason };

/** Whether a message of a business in this status can be taken back: until it is dispatched, and for ever after it was. */
export function decideCancelling(status: MessageStatus | undefined): Cancelling {
  switch (status) {
    case undefined:
      return { outcome: 'REFUSED', reason: 'MESSAGE_UNKNOWN' };
    case 'ACCEPTED':
      return { outcome: 'CANCEL' };
    case 'CANCELLED':
      return { outcome: 'WAS_CANCELLED' };
    case 'DISPATCHED':
    case 'DELIVERED':
    case 'READ':
      return { outcome: 'REFUSED', reason: 'ALREADY_DISPATCHED' };
    default:
      return { outcome: 'REFUSED', reason: 'ALREADY_ENDED' };
  }
}
