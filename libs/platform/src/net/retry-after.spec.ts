import { expect, it } from '@jest/globals';
import { readRetryAfter } from './retry-after.js';

it('a Retry-After says for how long to wait, in seconds or by a date', () => {
  expect(readRetryAfter('30', 0)).toBe(30_000);
  expect(readRetryAfter('Thu, 01 Jan 1970 00:01:00 GMT', 20_000)).toBe(40_000);
  expect([readRetryAfter(undefined, 0), readRetryAfter('soon', 0)]).toEqual([null, null]);
});
