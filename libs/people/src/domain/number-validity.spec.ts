import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { getCountries, getExampleNumber, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import { canExist } from './number-validity.js';

const EXAMPLES = getCountries().flatMap((country) => getExampleNumber(country, examples) ?? []);

describe('whether a number can exist', () => {
  it.each(EXAMPLES.map((number) => [number.country, number.number] as const))(
    'is what libphonenumber says in %s of %s, and of what is one digit longer or shorter',
    (country, number) => {
      for (const text of [number, `${number}0`, number.slice(0, -1), `${number}12`]) {
        const parsed = parsePhoneNumberFromString(text, { extract: false });
        if (parsed) expect([text, canExist(parsed)]).toEqual([text, parsed.isValid()]);
      }
      expect(country).toBeDefined();
    },
  );

  it('is what libphonenumber says of any digits behind any calling code', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...EXAMPLES, ...['800', '870', '888'].map((code) => ({ countryCallingCode: code }))),
        fc.stringMatching(/^\d{2,13}$/),
        ({ countryCallingCode }, digits) => {
          const parsed = parsePhoneNumberFromString(`+${countryCallingCode}${digits}`, { extract: false });
          if (parsed) expect(canExist(parsed)).toBe(parsed.isValid());
        },
      ),
      { numRuns: 20_000 },
    );
  });

  it('is what libphonenumber says of what begins as numbers of a country do', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...EXAMPLES),
        fc.nat(6),
        fc.stringMatching(/^\d{1,7}$/),
        ({ number }, kept, digits) => {
          const parsed = parsePhoneNumberFromString(`${number.slice(0, number.length - kept)}${digits}`, {
            extract: false,
          });
          if (parsed) expect(canExist(parsed)).toBe(parsed.isValid());
        },
      ),
      { numRuns: 20_000 },
    );
  });
});
