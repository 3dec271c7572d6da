import { describe, expect, it } from '@jest/globals';
import { isLooser } from './looser.js';

describe('a limit', () => {
  it('lets more through at the higher value, and where it is none', () => {
    expect(isLooser('REACH_PLACES', 251, 250)).toBe(true);
    expect(isLooser('REACH_PLACES', 250, 250)).toBe(false);
    expect(isLooser('REACH_PLACES', 0, 250)).toBe(false);
    expect(isLooser('REACH_PLACES', null, 100_000_000)).toBe(true);
    expect(isLooser('REACH_PLACES', 100_000_000, null)).toBe(false);
    expect(isLooser('REACH_PLACES', null, null)).toBe(false);
  });

  it('lets more through at the lower value where that is what a message costs', () => {
    expect(isLooser('PAIR_INTERVAL', 5_999, 6_000)).toBe(true);
    expect(isLooser('PAIR_INTERVAL', 6_001, 6_000)).toBe(false);
  });
});
