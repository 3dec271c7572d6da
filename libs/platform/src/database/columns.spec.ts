import { describe, expect, it } from '@jest/globals';
import { BIGINT, column, type ColumnType, HEX, TEXT, TIME, UUID } from './columns.js';

const of = <Value>(type: ColumnType<Value>, ...values: (Value | null)[]) =>
  column(type, values, (value) => value);

describe('a column of a batch', () => {
  it('is an array as PostgreSQL receives it', () => {
    expect(of(TEXT, 'ä', null).toString('hex')).toBe(
      // one dimension, with nulls, of text; 2 elements from 1 on; 2 bytes, none
      '00000001' + '00000001' + '00000019' + '00000002' + '00000001' + '00000002c3a4' + 'ffffffff',
    );
    expect(of(TEXT).toString('hex')).toBe('00000000' + '00000001' + '00000019');
  });

  it.each([
    '',
    '01a2225a-8146-767f-832e-170f04897a6',
    '01a2225a-8146-767f-832e-170f04897a60a',
    '01a2225a-8146-767f-832e-170f04897a6g',
    '01a2225a-8146-767f-832e-170f04897aé0',
  ])('of UUIDs never holds %j', (text) => {
    expect(() => of(UUID, text)).toThrow('UUIDs');
  });

  it.each([0.5, NaN, 2 ** 53, Infinity])('of whole numbers never holds %d', (number) => {
    expect(() => of(BIGINT, number)).toThrow('whole numbers');
  });

  it('of times never holds one that is none', () => {
    expect(() => of(TIME, new Date(NaN))).toThrow('whole numbers');
  });

  it('of bytes is the same from digits', () => {
    expect(of(HEX, '00ff', 'ab').toString('hex')).toMatch(/0000000200ff00000001ab$/);
  });
});
