import { describe, expect, it } from '@jest/globals';
import { endsAfter, limitAt } from './limit-overrides.js';

const at = (minutes: number) => new Date(Date.UTC(2026, 10, 23, 12, minutes));

describe('limits set by the operator', () => {
  const overrides = {
    REACH_PLACES: { value: 0, endsAt: at(10) },
    PAIR_BURST: { value: 5, endsAt: at(5) },
  };

  it('count before their end, and not at it', () => {
    expect(limitAt(overrides, 'REACH_PLACES', 250, at(0))).toBe(0);
    expect(limitAt(overrides, 'REACH_PLACES', 250, new Date(at(10).getTime() - 1))).toBe(0);
    expect(limitAt(overrides, 'REACH_PLACES', 250, at(10))).toBe(250);
  });

  it('limit where nothing is configured, and leave alone what they are not about', () => {
    expect(limitAt(overrides, 'REACH_PLACES', null, at(0))).toBe(0);
    expect(limitAt(overrides, 'THROUGHPUT', 80, at(0))).toBe(80);
    expect(limitAt({}, 'REACH_PLACES', null, at(0))).toBeNull();
  });

  it('end one after the other', () => {
    expect(endsAfter(overrides, ['REACH_PLACES', 'PAIR_BURST'], at(0))).toEqual([at(5), at(10)]);
    expect(endsAfter(overrides, ['REACH_PLACES', 'PAIR_BURST'], at(5))).toEqual([at(10)]);
    expect(endsAfter(overrides, ['THROUGHPUT'], at(0))).toEqual([]);
  });
});
