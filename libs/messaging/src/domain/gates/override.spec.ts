import { describe, expect, it } from '@jest/globals';
import { hours, NOW } from '../../../../../test/support/builders/facts.js';
import { passesFrom } from './override.js';

const KINDS = ['PAIR_INTERVAL', 'PAIR_BURST'] as const;
const overrides = {
  PAIR_BURST: { value: 1, endsAt: hours(2) },
  PAIR_INTERVAL: { value: 1, endsAt: hours(4) },
};

describe('a limit that an admin has set', () => {
  it('lets pass at once what it lets pass', () => {
    expect(passesFrom(overrides, KINDS, NOW, (at) => at)).toBe(NOW);
  });

  it('lets pass when it says so, or when it runs out before', () => {
    expect(passesFrom(overrides, KINDS, NOW, () => hours(1))).toEqual(hours(1));
    expect(passesFrom(overrides, KINDS, NOW, (at) => (at < hours(2) ? hours(9) : at))).toEqual(hours(2));
    expect(passesFrom(overrides, KINDS, NOW, (at) => (at < hours(4) ? null : hours(5)))).toEqual(hours(5));
    expect(passesFrom({}, KINDS, NOW, () => hours(9))).toEqual(hours(9));
  });
});
