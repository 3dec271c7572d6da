import { describe, expect, it } from '@jest/globals';
import { resultUnion } from '../graphql/refusal.js';
import { pack, unpack } from './pack.js';

class Packed {
  constructor(readonly things: unknown[]) {}
}
resultUnion('PackedResult', [Packed]);

describe('an answer that is kept', () => {
  it('is what it was: times, bytes, and what class it is of', () => {
    const answer = new Packed([
      new Date(1_700_000_000_123),
      Buffer.from([0, 255]),
      { nothing: null, deep: [{ at: new Date(0) }] },
      'text',
      1.5,
      new Packed([true]),
    ]);
    const back = unpack(pack(answer));
    expect(back).toBeInstanceOf(Packed);
    expect(back).toEqual(answer);
  });

  it('of a class that is no result is plain', () => {
    expect(unpack(pack(Object.assign(new (class Plain {})(), { at: new Date(1) })))).toEqual({
      at: new Date(1),
    });
  });
});
