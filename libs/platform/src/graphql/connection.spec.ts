import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BadInputError, parseInput } from '../errors/bad-input.js';
import { pageSchema, toConnection } from './connection.js';

const page = (rows: number[], first: number) =>
  toConnection(
    rows,
    first,
    (row) => ({ row }),
    (row) => `after ${row}`,
  );

describe('a page of a connection', () => {
  it('holds as many as were asked for; the extra row only says that there is more', () => {
    expect(page([1, 2, 3], 2)).toEqual({
      nodes: [{ row: 1 }, { row: 2 }],
      pageInfo: { hasNextPage: true, endCursor: 'after 2' },
    });
  });

  it('is the last one when no extra row came', () => {
    expect(page([1, 2], 2).pageInfo).toEqual({ hasNextPage: false, endCursor: 'after 2' });
    expect(page([], 2)).toEqual({ nodes: [], pageInfo: { hasNextPage: false, endCursor: null } });
  });

  it('leads through everything once, in order, whatever its size', () => {
    fc.assert(
      fc.property(fc.nat(60), fc.integer({ min: 1, max: 20 }), (count, first) => {
        const all = Array.from({ length: count }, (_, row) => row);
        const read: number[] = [];
        for (let after = -1, more = true; more;) {
          const { nodes, pageInfo } = page(all.filter((row) => row > after).slice(0, first + 1), first);
          read.push(...nodes.map(({ row }) => row));
          more = pageInfo.hasNextPage;
          after = read.at(-1) ?? -1;
        }
        expect(read).toEqual(all);
      }),
    );
  });
});

describe('the arguments of a page', () => {
  it.each([1, 100])('may ask for %d', (first) => {
    expect(parseInput(pageSchema, { first, after: null })).toEqual({ first, after: null });
  });

  it.each([0, 101, -1, 1.5, NaN])('may not ask for %d', (first) => {
    expect(() => parseInput(pageSchema, { first })).toThrow(BadInputError);
  });

  it('may not bring a cursor of any length', () => {
    expect(() => parseInput(pageSchema, { first: 1, after: 'x'.repeat(201) })).toThrow(BadInputError);
  });
});
