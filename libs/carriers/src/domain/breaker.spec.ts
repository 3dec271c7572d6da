import { describe, expect, it } from '@jest/globals';
import { Breaker } from './breaker.js';

function afterFailures(count: number): Breaker {
  const breaker = new Breaker();
  for (let nr = 0; nr < count; nr++) breaker.failed(0);
  return breaker;
}

describe('a carrier that fails', () => {
  it('is given as much as before after one or two failures', () => {
    expect(afterFailures(2).room(8, 0)).toBe(8);
  });

  it.each([
    [3, 1_000],
    [4, 2_000],
    [6, 8_000],
    [30, 60_000],
  ])('after %i failures in a row is left alone for %i ms, and then tried with one', (failures, pause) => {
    const breaker = afterFailures(failures);
    expect(breaker.room(8, pause - 1)).toBe(0);
    expect(breaker.room(8, pause)).toBe(1);
    breaker.worked();
    expect(breaker.room(8, 0)).toBe(8);
  });

  it('that asks to be left alone is, for a minute at most', () => {
    const breaker = new Breaker();
    breaker.failed(0, 5_000);
    expect([breaker.room(8, 4_999), breaker.room(8, 5_000)]).toEqual([0, 8]);
    breaker.failed(5_000, 3_600_000);
    expect([breaker.room(8, 64_999), breaker.room(8, 65_000)]).toEqual([0, 8]);
  });
});
