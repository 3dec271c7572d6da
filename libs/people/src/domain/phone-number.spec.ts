import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parsePhone } from './phone-number.js';

describe('parsePhone', () => {
  it.each([
    ['+49 151 23456789', undefined],
    ['+49-151-23456789', undefined],
    ['+49 (0)151 23456789', undefined],
    ['  +49151/23456789 ', undefined],
    ['+49.151.234.567.89', undefined],
    ['0049 151 23456789', undefined],
    ['(0049) 151 23456789', undefined],
    ['0151 23456789', 'DE'],
    ['0049 151 23456789', 'DE'],
    ['0049 151 23456789', 'US'],
    ['011 49 151 23456789', 'US'],
    ['＋４９ １５１ ２３４５６７８９', undefined],
    ['+٤٩ ١٥١ ٢٣٤٥٦٧٨٩', undefined],
    ['٠٠٤٩ ١٥١ ٢٣٤٥٦٧٨٩', undefined],
    ['۰۱۵۱ ۲۳۴۵۶۷۸۹', 'DE'],
    ['\u202a+49\u00a0151\u00a023456789\u202c', undefined],
    ['+49 151‑2345‑6789', undefined],
    ['tel:+4915123456789', undefined],
  ])('reads %j (%s) as +4915123456789', (text, country) => {
    expect(parsePhone(text, country)).toEqual({ e164: '+4915123456789', country: 'DE' });
  });

  it.each([
    ['0055 11 98765-4321', 'BR', '+5511987654321', 'BR'],
    ['0 21 11 98765-4321', 'BR', '+5511987654321', 'BR'],
    ['06 1234 5678', 'IT', '+390612345678', 'IT'],
    ['8 912 345-67-89', 'RU', '+79123456789', 'RU'],
    ['+7 701 234 5678', 'RU', '+77012345678', 'KZ'],
    ['(212) 555-2368', 'US', '+12125552368', 'US'],
    ['1 416 555 0134', 'US', '+14165550134', 'CA'],
    ['+54 11 15 2345 6789', undefined, '+5491123456789', 'AR'],
    ['098765 43210', 'IN', '+919876543210', 'IN'],
    ['+800 1234 5678', undefined, '+80012345678', undefined],
    ['+44 20 7946 0958', 'not a country', '+442079460958', 'GB'],
  ])('reads %j (%s) as %s', (text, country, e164, of) => {
    expect(parsePhone(text, country)).toEqual({ e164, country: of });
  });

  it.each([
    ['', 'DE'],
    ['+', 'DE'],
    ['00', 'DE'],
    ['112', 'DE'],
    ['0151 23456789', undefined],
    ['0151 23456789', 'US'],
    ['1640', 'DE'],
    ['+49 151 234', undefined],
    ['+49 151 23456789 ext. 5', undefined],
    ['+1 212 555 2368 x5', undefined],
    ['+1 212 555 2368#', undefined],
    ['+1 212 555 2368;ext=5', undefined],
    ['1-800-FLOWERS', 'US'],
    ['call +1 212 555 2368', undefined],
    ['+1 212 555 2368, +1 212 555 2369', undefined],
    ['+999 123 456 789', undefined],
    ['n/a', 'DE'],
    [`+49 151 23456789${' '.repeat(40)}`, undefined],
  ])('refuses %j (%s)', (text, country) => {
    expect(parsePhone(text, country)).toBeUndefined();
  });

  it('gives every text one canonical form or none, and reads that form as itself', () => {
    const phoneLike = fc.string({
      unit: fc.constantFrom(...Array.from('+00123456789 -()./x٤４')),
      maxLength: 45,
    });
    fc.assert(
      fc.property(fc.oneof(phoneLike, fc.string({ unit: 'binary' })), (text) => {
        const number = parsePhone(text, 'DE');
        if (!number) return;
        expect(number.e164).toMatch(/^\+[1-9]\d{6,14}$/);
        expect(parsePhone(number.e164)?.e164).toBe(number.e164);
      }),
      { numRuns: 3_000 },
    );
  });

  it('reads what looks like E.164 as it reads the same in other writing, whatever the country', () => {
    const digits = fc.stringMatching(/^[1-9][0-9]{6,14}$/);
    const country = fc.constantFrom(undefined, 'DE', 'US', 'BR', 'AR');
    fc.assert(
      fc.property(digits, country, (number, from) => {
        expect(parsePhone(`+${number}`, from)).toEqual(parsePhone(` +${number} `, from));
      }),
      { numRuns: 3_000 },
    );
  });
});
