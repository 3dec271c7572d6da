import { describe, expect, it } from '@jest/globals';
import { random } from '../support/random.js';
import { rankDistance, tellsApart } from './mann-whitney.js';

const SAMPLES = 40;
const RUNS = 200;

/** Times with a long tail, as answers of a busy machine have it: most near the base, one in ten several times as long. */
const times = (baseMs: number, chance: () => number) =>
  Array.from({ length: SAMPLES }, () => baseMs * (1 + chance() * 0.2) * (chance() < 0.1 ? 4 : 1));

/** How often of some runs times are told apart where one kind takes that many times as long. */
function toldApart(more: number): number {
  const chance = random(2);
  return Array.from({ length: RUNS }, () => tellsApart(times(5 * more, chance), times(5, chance))).filter(
    Boolean,
  ).length;
}

describe('the distance of ranks', () => {
  it('is what the textbook’s formula makes of samples that do not overlap', () => {
    // U = n·m = 9 where its mean is 4.5 and its deviation √(3·3·7/12).
    expect(rankDistance([4, 5, 6], [1, 2, 3])).toBeCloseTo(4.5 / Math.sqrt(5.25), 10);
    expect(rankDistance([1, 2, 3], [4, 5, 6])).toBeCloseTo(-4.5 / Math.sqrt(5.25), 10);
  });
});

describe('times', () => {
  it('are told apart by a planted fifth, in nearly every run', () => {
    expect(toldApart(1.2)).toBeGreaterThan(0.95 * RUNS);
    expect(toldApart(1 / 1.2)).toBeGreaterThan(0.95 * RUNS);
  });

  it('are not told apart where there is nothing to tell', () => {
    expect(toldApart(1)).toBe(0);
  });
});
