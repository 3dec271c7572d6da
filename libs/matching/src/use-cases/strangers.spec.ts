import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { strangers } from './strangers.js';

const asked = (count: number) =>
  Array.from({ length: count }, (_, nr) => {
    const index = randomBytes(32);
    return {
      externalId: `C-${nr}`,
      indexes: [{ bucket: index.readUInt16BE(0) >> 6, index, version: 1, tombstone: index }],
    };
  });

describe('strangers', () => {
  it('fill a small call up to as many people as it has numbers, however many were found', () => {
    for (const found of [0, 1, 5]) expect(strangers(asked(5), found)).toHaveLength(5 - found);
  });

  it('are not added to where enough people were found', () => {
    expect(strangers(asked(10_000), 0)).toHaveLength(64);
    expect(strangers(asked(10_000), 64)).toEqual([]);
    expect(strangers(asked(10_000), 2_000)).toEqual([]);
  });

  it('stand where a person could: a lane and a UUID', () => {
    for (const { lane, personId } of strangers(asked(64), 0)) {
      expect(lane).toBeGreaterThanOrEqual(0);
      expect(lane).toBeLessThan(1_024);
      expect(personId).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    }
  });
});
