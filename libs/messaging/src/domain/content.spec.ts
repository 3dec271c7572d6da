import { describe, expect, it } from '@jest/globals';
import { decodeContent, encodeContent, PROOF_BYTES } from './content.js';

const media = { id: 'id', type: 'image/png', bytes: 1, sha256: 'ab', name: 'ÿ.png' };

describe('the content of a message', () => {
  it.each([
    { text: 'Hello', media: null },
    { text: 'ÿ\u00ff{"text":"no"}', media: null },
    { text: 'þ\u00fe', media: null },
    { text: '', media },
    { text: 'With words', media: { ...media, name: null } },
  ])('is what was written, with a proof or without: %j', (content) => {
    for (const proof of [undefined, Buffer.alloc(PROOF_BYTES, 0xff)]) {
      const encoded = encodeContent(content, proof);
      expect(decodeContent(Buffer.from(encoded as string))).toEqual({ ...content, proof: proof ?? null });
    }
  });

  it('is the text itself where nothing goes with it, and 17 bytes more with a proof', () => {
    expect(encodeContent({ text: 'Hello', media: null })).toBe('Hello');
    expect(encodeContent({ text: 'Hello', media: null }, Buffer.alloc(PROOF_BYTES))).toHaveLength(5 + 17);
  });
});
