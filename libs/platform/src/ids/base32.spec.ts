import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeBase32, encodeBase32 } from './base32.js';

const sixteenBytes = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => Buffer.from(bytes));

describe('base 32', () => {
  it('writes 16 bytes as TypeID does', () => {
    expect(encodeBase32(Buffer.from('00000000000000000000000000000000', 'hex'))).toBe('0'.repeat(26));
    expect(encodeBase32(Buffer.from('ffffffffffffffffffffffffffffffff', 'hex'))).toBe(`7${'z'.repeat(25)}`);
    // From the specification of TypeID.
    expect(encodeBase32(Buffer.from('01890a5dac96774bbcceb302099a8057', 'hex'))).toBe(
      '01h455vb4pex5vsknk084sn02q',
    );
  });

  it('reads back what it wrote', () => {
    fc.assert(
      fc.property(sixteenBytes, (bytes) => {
        expect(decodeBase32(encodeBase32(bytes))).toEqual(bytes);
      }),
    );
  });

  it('keeps the order of the bytes', () => {
    fc.assert(
      fc.property(sixteenBytes, sixteenBytes, (a, b) => {
        const [textA, textB] = [encodeBase32(a), encodeBase32(b)];
        expect(textA < textB).toBe(Buffer.compare(a, b) < 0);
      }),
    );
  });

  it('has one text for each value: what it reads, it would write the same', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...Array.from('07zabiluA-')), minLength: 25, maxLength: 27 }),
        (text) => {
          const bytes = decodeBase32(text);
          if (bytes) expect(encodeBase32(bytes)).toBe(text);
        },
      ),
    );
  });

  it.each([
    ['too short', '0'.repeat(25)],
    ['too long', '0'.repeat(27)],
    ['more than 128 bits', `8${'z'.repeat(25)}`],
    ['an upper-case letter', `${'0'.repeat(25)}A`],
    ['a letter that the alphabet leaves out', `${'0'.repeat(25)}l`],
    ['a letter of two code units', `${'0'.repeat(24)}😀`],
    ['empty', ''],
  ])('reads nothing from a text that is %s', (_, text) => {
    expect(decodeBase32(text)).toBeUndefined();
  });
});
