import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ImportEvidence } from './evidence.js';
import { ConsentPolicy, type PolicyRows, type PurposeRule } from './policy.js';
import { type Purpose, PURPOSES } from './purpose.js';

const silent = { evidence: [], quietHours: null };
const optOut: PurposeRule = { basis: 'OPT_OUT', validDays: null, ...silent };
const anyRule: fc.Arbitrary<PurposeRule> = fc.oneof(
  fc.record({
    basis: fc.constant('OPT_IN' as const),
    validDays: fc.option(fc.integer({ min: 1, max: 3_650 })),
    evidence: fc.subarray(Object.values(ImportEvidence)),
    quietHours: fc.constantFrom(null, { from: '21:00', to: '08:00' }),
  }),
  fc.constant(optOut),
);
const rowOf = (requiredKeys: Purpose[]) =>
  fc.record(Object.fromEntries(PURPOSES.map((purpose) => [purpose, anyRule])), { requiredKeys });
const anyRows: fc.Arbitrary<PolicyRows> = fc
  .record({ '*': rowOf([...PURPOSES]), US: rowOf([]), DE: rowOf([]) }, { requiredKeys: ['*'] })
  .map((rows) => rows as PolicyRows);

describe('a consent policy', () => {
  it('says of each purpose what the row of the country says, else what the row of every other country says', () => {
    fc.assert(
      fc.property(anyRows, fc.constantFrom('US', 'DE', 'BR', null), (rows, country) => {
        const { version, rules } = new ConsentPolicy(7, rows).forCountry(country);
        expect(version).toBe(7);
        for (const purpose of PURPOSES) {
          expect(rules[purpose]).toBe((country && rows[country]?.[purpose]) ?? rows['*']?.[purpose]);
        }
      }),
    );
  });

  it('is the same object for people of one country, so that a batch makes none', () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const policy = new ConsentPolicy(1, rows);
        expect(policy.forCountry('FR')).toBe(policy.forCountry(null));
        expect(policy.forCountry('US')).toBe(policy.forCountry('US'));
      }),
    );
  });

  it('must say something for every other country, of every purpose', () => {
    expect(() => new ConsentPolicy(1, {})).toThrow('every other country');
    expect(() => new ConsentPolicy(1, { '*': { SERVICE: optOut } })).toThrow('AUTHENTICATION');
  });

  it('takes no name of an object for a country', () => {
    const all = Object.fromEntries(PURPOSES.map((purpose) => [purpose, optOut]));
    expect(new ConsentPolicy(1, { '*': all }).forCountry('constructor').rules.SERVICE).toEqual(optOut);
  });
});
