import { describe, expect, it } from '@jest/globals';
import { getCountries } from 'libphonenumber-js/max';
import { COUNTRY_COUNT, isCountry } from './countries.js';

describe('the list of countries', () => {
  it('has the 249 codes of ISO 3166-1', () => {
    expect(COUNTRY_COUNT).toBe(249);
  });

  it('has every country that has phone numbers, except regions without a code of their own', () => {
    expect(getCountries().filter((code) => !isCountry(code))).toEqual(['AC', 'TA', 'XK']);
  });

  it.each(['', 'de', 'ZZ', 'EU', 'DEU', 'XX'])('does not have "%s"', (code) => {
    expect(isCountry(code)).toBe(false);
  });
});
