import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { GSM_7, partsOf, UCS_2 } from './sms-text.js';

const bodies = (text: string) => partsOf(text, 7).map(({ body }) => body.length);

describe('a text as short messages', () => {
  it('is in GSM’s alphabet where that has it all', () => {
    expect(partsOf('Hé@ €[', 1)).toEqual([
      {
        dataCoding: GSM_7,
        header: null,
        body: Buffer.from([0x48, 0x05, 0x00, 0x20, 0x1b, 0x65, 0x1b, 0x3c]),
      },
    ]);
  });

  it('is in UCS-2 where one character is not in it', () => {
    expect(partsOf('Łódź', 1)).toEqual([
      { dataCoding: UCS_2, header: null, body: Buffer.from('014100f30064017a', 'hex') },
    ]);
  });

  it.each([
    ['x'.repeat(160), [160]],
    ['x'.repeat(161), [153, 8]],
    [`${'x'.repeat(159)}€`, [153, 8]],
    [`${'x'.repeat(152)}€${'x'.repeat(10)}`, [152, 12]], // the escape stays with its character
    ['ж'.repeat(70), [140]],
    ['ж'.repeat(71), [134, 8]],
    [`${'ж'.repeat(66)}🎂${'ж'.repeat(10)}`, [132, 24]], // and so do surrogates
  ])('of %# characters goes in parts of %j octets', (text, lengths) => {
    expect(bodies(text)).toEqual(lengths);
  });

  it('says of each part which one it is', () => {
    expect(partsOf('x'.repeat(400), 300).map(({ header }) => header?.toString('hex'))).toEqual([
      '0500032c0301',
      '0500032c0302',
      '0500032c0303',
    ]);
  });

  it('whatever it says, is the same when put together again, and no part is too long', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 500 }), (text) => {
        const parts = partsOf(text, 1);
        for (const { body, header } of parts)
          expect(body.length + (header?.length ?? 0)).toBeLessThanOrEqual(header ? 159 : 160);
        if (parts[0]?.dataCoding !== UCS_2) return;
        expect(
          Buffer.concat(parts.map(({ body }) => body))
            .swap16()
            .toString('utf16le'),
        ).toBe(text);
      }),
    );
  });
});
