import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BoundedCache } from './bounded-cache.js';

describe('a bounded cache', () => {
  it('computes a value once for as long as it is kept', () => {
    const cache = new BoundedCache<string, object>(2);
    const first = cache.get('a', () => ({}));
    expect(cache.get('a', () => ({}))).toBe(first);
  });

  it('forgets what was not used for longest', () => {
    const cache = new BoundedCache<string, number>(2);
    cache.get('a', () => 1);
    cache.get('b', () => 1);
    cache.get('a', () => 2);
    cache.get('c', () => 1);
    expect(cache.get('a', () => 2)).toBe(1);
    expect(cache.get('b', () => 2)).toBe(2);
  });

  it('keeps a value that takes the place of an older one', () => {
    const cache = new BoundedCache<string, number>(2);
    cache.set('a', 1);
    cache.set('a', 2);
    expect([cache.find('a'), cache.find('b'), cache.size]).toEqual([2, undefined, 1]);
  });

  it('keeps nothing of a computation that failed', () => {
    const cache = new BoundedCache<string, number>(2);
    expect(() =>
      cache.get('a', () => {
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(cache.size).toBe(0);
  });

  it('always answers with the key’s own value and never holds more than its limit', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.integer({ min: 0, max: 9 })),
        (limit, asked) => {
          const cache = new BoundedCache<number, string>(limit);
          for (const key of asked) {
            expect(cache.get(key, () => `value of ${key}`)).toBe(`value of ${key}`);
            expect(cache.size).toBeLessThanOrEqual(limit);
          }
        },
      ),
    );
  });
});
