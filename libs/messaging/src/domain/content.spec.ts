import { describe, expect, it } from '@jest/globals';
import { decodeContent, encodeContent } from './content.js';

const media = { id: 'id', type: 'image/png', bytes: 1, sha256: 'ab', name: 'ÿ.png' };

describe('the content of a message', () => {
  it.each([
    { text: 'Hello', media: null },
    { text: 'ÿ\u00ff{"text":"no"}', media: null },
    { text: '', media },
    { text: 'With words', media: { ...media, name: null } },
  ])('is what was written: %j', (content) => {
    const encoded = encodeContent(content);
    expect(decodeContent(Buffer.from(encoded as string))).toEqual(content);
  });

  it('is the text itself where nothing goes with it', () => {
    expect(encodeContent({ text: 'Hello', media: null })).toBe('Hello');
  });
});
