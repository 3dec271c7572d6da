import { describe, expect, it } from '@jest/globals';
import { readEmoji } from './emoji.js';

describe('an emoji', () => {
  it.each(['👍', '👍🏿', '❤️', '👩‍👩‍👧‍👦', '🏳️‍🌈', '🇩🇪', '1️⃣', '🏴󠁧󠁢󠁳󠁣󠁴󠁿'])('is one: %s', (text) => {
    expect(readEmoji(text)).toBe(text);
    const graphemes = [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)];
    expect(graphemes).toHaveLength(1);
  });

  it('is kept in one form', () => {
    expect(readEmoji('❤')).toBe('❤️');
  });

  it.each(['', 'a', '1', '👍👍', '👍 ', ':)', '👍a', '\u200d', '🇩', '<b>', '👍'.repeat(100)])(
    'is none: %j',
    (text) => {
      expect(readEmoji(text)).toBeUndefined();
    },
  );
});
