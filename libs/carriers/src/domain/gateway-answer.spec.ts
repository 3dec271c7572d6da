import { describe, expect, it } from '@jest/globals';
import { failureOf, referenceOf } from './gateway-answer.js';

describe('what a gateway answers', () => {
  it.each([
    [200, null],
    [204, null],
    [302, 'BAD_ANSWER'],
    [400, 'REFUSED'],
    [401, 'BAD_ANSWER'],
    [410, 'REFUSED'],
    [429, 'BUSY'],
    [500, 'BAD_ANSWER'],
    [503, 'BUSY'],
  ] as const)('%i is %s', (status, failure) => {
    expect(failureOf(status)).toBe(failure);
  });

  it('names what its receipts will be about, or leaves it at the id', () => {
    expect(referenceOf({ reference: 'abc-1' }, 'id')).toBe('abc-1');
    for (const body of [null, 'x', {}, { reference: 7 }, { reference: '' }, { reference: 'x'.repeat(256) }]) {
      expect(referenceOf(body, 'id')).toBe('id');
    }
  });
});
