import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { open, seal } from './sealing.js';

const PLACE = 'person_number.phone_sealed:1';
const keys = new Map([
  [1, randomBytes(32)],
  [2, randomBytes(32)],
]);
const keyOf = (version: number) => keys.get(version) ?? randomBytes(32);
const sealed = (plain: string | Buffer, version = 2) => seal({ version, key: keyOf(version) }, plain, PLACE);

describe('sealed bytes', () => {
  it('open to what was sealed, bytes or text', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.string({ unit: 'grapheme' }), (bytes, text) => {
        expect(open(keyOf, sealed(Buffer.from(bytes)), PLACE)).toEqual(Buffer.from(bytes));
        expect(open(keyOf, sealed(text), PLACE).toString('utf8')).toBe(text);
      }),
    );
  });

  it('name the key version that they were sealed with', () => {
    expect(sealed('a', 1)[0]).toBe(1);
    expect(open(keyOf, sealed('a', 1), PLACE).toString()).toBe('a');
  });

  it('differ each time, and are 29 bytes longer than what they hold', () => {
    expect(sealed('same')).not.toEqual(sealed('same'));
    expect(sealed('same')).toHaveLength(4 + 29);
  });

  it('do not open when any one bit of them is changed', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 40 }),
        fc.nat(),
        fc.integer({ min: 0, max: 7 }),
        (bytes, at, bit) => {
          const changed = sealed(Buffer.from(bytes));
          const place = at % changed.length;
          changed[place] = (changed[place] ?? 0) ^ (1 << bit);
          expect(() => open(keyOf, changed, PLACE)).toThrow();
        },
      ),
    );
  });

  it('do not open in another place, under another key, or cut short', () => {
    const bytes = sealed('secret');
    expect(() => open(keyOf, bytes, `${PLACE}2`)).toThrow();
    expect(() => open(() => randomBytes(32), bytes, PLACE)).toThrow();
    for (let length = 0; length < bytes.length; length++) {
      expect(() => open(keyOf, bytes.subarray(0, length), PLACE)).toThrow();
    }
  });
});
