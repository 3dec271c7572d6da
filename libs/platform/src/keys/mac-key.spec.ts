import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MacKey } from './mac-key.js';

const bytes = (most: number) => fc.uint8Array({ maxLength: most }).map((array) => Buffer.from(array));
const hmac = (key: Buffer, data: string | Buffer) => createHmac('sha256', key).update(data).digest('hex');

describe('a key of MACs', () => {
  it('makes the MACs of OpenSSL of any bytes', () => {
    fc.assert(
      fc.property(bytes(64), bytes(1_100), (key, data) => {
        expect(new MacKey(key).of(data).toString('hex')).toBe(hmac(key, data));
      }),
      { numRuns: 1_000 },
    );
  });

  it('makes them of any text, in UTF-8', () => {
    fc.assert(
      fc.property(bytes(64), fc.string({ unit: 'binary', maxLength: 400 }), (key, text) => {
        expect(new MacKey(key).of(text).toString('hex')).toBe(hmac(key, text));
      }),
      { numRuns: 1_000 },
    );
  });

  it('makes them at every length at which blocks begin and end', () => {
    const key = Buffer.alloc(32, 7);
    const mac = new MacKey(key);
    for (let length = 0; length <= 1_030; length++) {
      const data = Buffer.alloc(length, length);
      expect(mac.of(data).toString('hex')).toBe(hmac(key, data));
    }
  });

  it('gives the digest of the standard (RFC 4231, case 2)', () => {
    expect(new MacKey(Buffer.from('Jefe')).of('what do ya want for nothing?').toString('hex')).toBe(
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    );
  });

  it('leaves a MAC alone that it made before', () => {
    const mac = new MacKey(Buffer.alloc(32, 1));
    const first = mac.of('one');
    const kept = first.toString('hex');
    mac.of('another');
    expect(first.toString('hex')).toBe(kept);
  });

  it('takes no key that would have to be hashed first', () => {
    expect(() => new MacKey(Buffer.alloc(65))).toThrow('at most 64 bytes');
  });
});
