import { describe, expect, it } from '@jest/globals';
import type { DispatchFacts, Draft } from '../facts.js';
import { queueGate } from './queue.js';

const now = new Date('2026-11-28T12:00:00.000Z');
const later = new Date('2026-11-28T12:00:30.000Z');
const asked = (queueFullUntil: Date | null, at: Date) =>
  queueGate({} as Draft, { now: at, business: { queueFullUntil } } as DispatchFacts);

describe('the gate of the queue', () => {
  it('refuses while the queue is full, and names when that is looked at again', () => {
    expect(asked(later, now)).toEqual({ outcome: 'REFUSED', reason: 'QUEUE_FULL', retryAt: later });
  });

  it('lets pass from then on, and where it is not full', () => {
    expect(asked(later, later)).toBeUndefined();
    expect(asked(null, now)).toBeUndefined();
  });
});
