import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  bytesToUuid,
  firstIdAt,
  isUuid7,
  laneOf,
  randomFromPool,
  timeOf,
  uuid7,
  uuidToBytes,
} from './uuid7.js';

const milliseconds = fc.integer({ min: 0, max: 2 ** 48 - 1 });
const lane = fc.integer({ min: 0, max: 1023 });

describe('UUIDv7', () => {
  it('carries version, variant, time and lane', () => {
    fc.assert(
      fc.property(milliseconds, fc.option(lane, { nil: undefined }), (at, its) => {
        const id = uuid7(at, its);
        expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
        expect(parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(at);
        expect(timeOf(id)).toBe(at);
        if (its !== undefined) expect(laneOf(id)).toBe(its);
        expect(isUuid7(uuidToBytes(id))).toBe(true);
      }),
    );
  });

  it('sorts by time', () => {
    fc.assert(
      fc.property(milliseconds, milliseconds, lane, lane, (a, b, laneA, laneB) => {
        fc.pre(a !== b);
        expect(uuid7(a, laneA) < uuid7(b, laneB)).toBe(a < b);
      }),
    );
  });

  it('is at or behind the first id of a time where it is not older', () => {
    fc.assert(
      fc.property(milliseconds, milliseconds, lane, (a, b, its) => {
        expect(uuid7(a, its) >= firstIdAt(new Date(b))).toBe(a >= b);
        expect(uuid7(a, its) >= firstIdAt(new Date(a))).toBe(true);
      }),
    );
    expect(firstIdAt(new Date(-1))).toBe('00000000-0000-0000-0000-000000000000');
  });

  it('is never the same twice, in one millisecond and lane', () => {
    const ids = new Set(Array.from({ length: 20_000 }, () => uuid7(1_795_392_000_000, 7)));
    expect(ids.size).toBe(20_000);
  });

  it('is recognised by its version and variant alone', () => {
    const bytes = uuidToBytes(uuid7(1_795_392_000_000));
    expect(isUuid7(bytes)).toBe(true);
    expect(isUuid7(bytes.subarray(1))).toBe(false);
    expect(isUuid7(Buffer.from(bytes).fill(0x40, 6, 7))).toBe(false);
    expect(isUuid7(Buffer.from(bytes).fill(0xc0, 8, 9))).toBe(false);
  });

  it('turns from text into bytes and back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
        expect(uuidToBytes(bytesToUuid(Buffer.from(bytes)))).toEqual(Buffer.from(bytes));
      }),
    );
  });
});

describe('random bytes from a block', () => {
  it('have the length that was asked for, also when it is more than a block', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000 }), (length) => {
        expect(randomFromPool(length)).toHaveLength(length);
      }),
    );
  });

  it('are not given out twice', () => {
    const cut = Array.from({ length: 5_000 }, () => randomFromPool(16));
    expect(new Set(cut.map((bytes) => bytes.toString('hex'))).size).toBe(5_000);
  });
});
