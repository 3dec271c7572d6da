import { describe, expect, it } from '@jest/globals';
import { NOW, seconds, sendingFacts } from '../../../../../test/support/builders/facts.js';
import { slotGate, throughputGate } from './throughput.js';

const draft = { purpose: 'SERVICE', whenLimited: 'DEFER' } as const;
const refusing = { purpose: 'SERVICE', whenLimited: 'REFUSE' } as const;

describe('gate of the throughput', () => {
  /** One message a second, two at once; the next slot is so many seconds ahead. */
  const busyFor = (count: number) =>
    sendingFacts({
      throughput: { perSecond: 1, burst: 2, longestWaitMs: 60_000 },
      throughputTat: seconds(count + 1).getTime() * 1_000,
    });

  it('lets pass what has a slot now', () => {
    expect(throughputGate(draft, sendingFacts())).toBeUndefined();
    expect(throughputGate(refusing, busyFor(0))).toBeUndefined();
  });

  it('defers to the first free slot, or refuses until then, as the sender chose', () => {
    expect(throughputGate(draft, busyFor(3))).toEqual({
      outcome: 'DEFERRED',
      reason: 'THROUGHPUT',
      until: seconds(3),
    });
    expect(throughputGate(refusing, busyFor(3))).toEqual({
      outcome: 'REFUSED',
      reason: 'THROUGHPUT',
      retryAt: seconds(3),
    });
    expect(throughputGate(refusing, { ...busyFor(3), now: seconds(3) })).toBeUndefined();
  });

  it('refuses what would wait too long, until it is near enough to wait for', () => {
    expect(throughputGate(draft, busyFor(60))).toMatchObject({ outcome: 'DEFERRED' });
    expect(throughputGate(draft, busyFor(61))).toMatchObject({ outcome: 'REFUSED', retryAt: seconds(1) });
    expect(throughputGate(draft, { ...busyFor(61), now: seconds(1) })).toMatchObject({ until: seconds(61) });
  });

  it('at dispatch holds a message back until its slot', () => {
    expect(slotGate({ ...draft, notBefore: seconds(1) }, sendingFacts())).toMatchObject({
      until: seconds(1),
    });
    expect(slotGate({ ...draft, notBefore: NOW }, sendingFacts())).toBeUndefined();
  });
});
