import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type ReadCustomer, sortOut } from './matching.js';

const outcomesOf = (...customers: [externalId: string, e164: string | undefined][]) =>
  sortOut(customers.map(([externalId, e164]) => ({ externalId, e164 }))).outcomes;

describe('sorting out the customers of a call', () => {
  it('accepts different customers with different numbers', () => {
    expect(outcomesOf(['a', '+1'], ['b', '+2'])).toEqual(['ACCEPTED', 'ACCEPTED']);
  });

  it('finds the same number under another external id', () => {
    expect(outcomesOf(['a', '+1'], ['b', '+1'])).toEqual(['ACCEPTED', 'DUPLICATE']);
  });

  it('finds the same external id with another number', () => {
    expect(outcomesOf(['a', '+1'], ['a', '+2'])).toEqual(['ACCEPTED', 'DUPLICATE']);
  });

  it('calls what is no number invalid, however often it comes', () => {
    expect(outcomesOf(['a', undefined], ['b', undefined], ['a', undefined])).toEqual(
      Array(3).fill('INVALID_NUMBER'),
    );
  });

  it('counts what appeared earlier, even where that was not looked for', () => {
    expect(outcomesOf(['a', undefined], ['a', '+1'])).toEqual(['INVALID_NUMBER', 'DUPLICATE']);
    expect(outcomesOf(['a', '+1'], ['a', '+2'], ['b', '+2'])).toEqual(['ACCEPTED', 'DUPLICATE', 'DUPLICATE']);
  });

  it('looks for every number and every external id at most once, and for all that it accepted', () => {
    const customer: fc.Arbitrary<ReadCustomer> = fc.record({
      externalId: fc.constantFrom('a', 'b', 'c', 'd'),
      e164: fc.option(fc.constantFrom('+1', '+2', '+3'), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(customer), (customers) => {
        const { outcomes, asked } = sortOut(customers);
        expect(outcomes).toHaveLength(customers.length);
        expect(asked).toEqual(customers.filter((_, at) => outcomes[at] === 'ACCEPTED'));
        expect(new Set(asked.map(({ e164 }) => e164)).size).toBe(asked.length);
        expect(new Set(asked.map(({ externalId }) => externalId)).size).toBe(asked.length);
        expect(outcomes.filter((outcome) => outcome === 'INVALID_NUMBER')).toHaveLength(
          customers.filter(({ e164 }) => e164 === undefined).length,
        );
      }),
    );
  });
});
