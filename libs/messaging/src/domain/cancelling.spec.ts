import { describe, expect, it } from '@jest/globals';
import { decideCancelling } from './cancelling.js';
import { MessageStatus } from './message.js';

describe('taking a message back', () => {
  it('is possible until it is dispatched, and repeating is harmless', () => {
    const decided = Object.values(MessageStatus).map((status) => [status, decideCancelling(status)]);
    expect(Object.fromEntries(decided)).toEqual({
      ACCEPTED: { outcome: 'CANCEL' },
      CANCELLED: { outcome: 'WAS_CANCELLED' },
      DISPATCHED: { outcome: 'REFUSED', reason: 'ALREADY_DISPATCHED' },
      DELIVERED: { outcome: 'REFUSED', reason: 'ALREADY_DISPATCHED' },
      READ: { outcome: 'REFUSED', reason: 'ALREADY_DISPATCHED' },
      EXPIRED: { outcome: 'REFUSED', reason: 'ALREADY_ENDED' },
      SUPPRESSED: { outcome: 'REFUSED', reason: 'ALREADY_ENDED' },
      FAILED: { outcome: 'REFUSED', reason: 'ALREADY_ENDED' },
    });
  });

  it('is refused for what is no message', () => {
    expect(decideCancelling(undefined)).toEqual({ outcome: 'REFUSED', reason: 'MESSAGE_UNKNOWN' });
  });
});
