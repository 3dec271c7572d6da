import { describe, expect, it } from '@jest/globals';
import { nextSlot, type Throughput } from './throughput.js';

const now = new Date('2026-11-23T12:00:00.000Z');
const ms = (count: number) => new Date(now.getTime() + count);
const EIGHTY: Throughput = { perSecond: 80, burst: 4, longestWaitMs: 60_000 };

/** The times of so many messages that all come now. */
function slots(limit: Throughput, count: number, from = now): { at: Date[]; tat: number | null } {
  const at: Date[] = [];
  let tat: number | null = null;
  for (let nr = 0; nr < count; nr++) {
    const slot = nextSlot(limit, tat, from);
    at.push(slot.at);
    ({ tat } = slot);
  }
  return { at, tat };
}

describe('throughput', () => {
  it('lets a burst go at once, and each further message 12.5 ms later, rounded up', () => {
    expect(slots(EIGHTY, 8).at).toEqual([now, now, now, now, ms(13), ms(25), ms(38), ms(50)]);
  });

  it('loses no time by rounding: 80 a second are 80 a second', () => {
    expect(slots(EIGHTY, 4 + 800).at.at(-1)).toEqual(ms(10_000));
  });

  it('gives the same time to who asks later, until it has come', () => {
    const { tat } = slots(EIGHTY, 4);
    expect(nextSlot(EIGHTY, tat, ms(12)).at).toEqual(ms(13));
    expect(nextSlot(EIGHTY, tat, ms(13)).at).toEqual(ms(13));
  });

  it('lends the burst again once it was paid back', () => {
    const { tat } = slots(EIGHTY, 4);
    expect(nextSlot(EIGHTY, tat, ms(50)).tat).toBe(ms(50).getTime() * 1_000 + 12_500);
  });
});
