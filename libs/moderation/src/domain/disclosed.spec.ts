import { describe, expect, it } from '@jest/globals';
import { decodeDisclosed, encodeDisclosed } from './disclosed.js';

describe('what a report discloses', () => {
  it('is what was written, with a proof or without', () => {
    const proof = {
      tag: 'AAAAAAAAAAAAAAAAAAAAAA',
      businessId: '01990000-0000-7000-8000-000000000001',
      sentAt: '2026-11-29T00:00:00.000Z',
      receivedAt: '2026-11-29T00:00:01.000Z',
      reportedAt: '2026-11-29T00:00:02.000Z',
      by: 'DEVICE',
      stored: 'CHANGED',
    } as const;
    const media = { type: 'image/png', bytes: 1, sha256: 'ab', name: 'ÿ.png' };
    for (const disclosed of [
      { text: 'ÿ"', media: null, proof },
      { text: '', media, proof: null },
    ])
      expect(decodeDisclosed(encodeDisclosed(disclosed))).toEqual(disclosed);
  });

  it('was a text alone before there were proofs', () => {
    expect(decodeDisclosed(Buffer.from('ÿ{"text":1}'))).toEqual({
      text: 'ÿ{"text":1}',
      media: null,
      proof: null,
    });
  });
});
