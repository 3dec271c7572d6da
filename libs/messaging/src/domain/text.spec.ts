import { describe, expect, it } from '@jest/globals';
import { isMessageText } from './text.js';

describe('message text', () => {
  it('has 1 to 4,096 characters, counted as people count them', () => {
    expect(isMessageText('')).toBe(false);
    expect(isMessageText('a')).toBe(true);
    expect(isMessageText('a'.repeat(4_096))).toBe(true);
    expect(isMessageText('a'.repeat(4_097))).toBe(false);
    expect(isMessageText('😀'.repeat(4_096))).toBe(true);
    expect(isMessageText('😀'.repeat(4_097))).toBe(false);
    expect(isMessageText('é'.repeat(4_095) + '😀')).toBe(true);
  });

  it('is well-formed Unicode', () => {
    expect(isMessageText('half a pair: \ud83d')).toBe(false);
  });
});
