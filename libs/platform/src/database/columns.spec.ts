import { describe, expect, it } from '@jest/globals';
import { byteaColumn, column } from './columns.js';

const of = (...values: (string | number | boolean | Date | null)[]) => column(values, (value) => value);

describe('a column of a batch', () => {
  it('is an array as PostgreSQL reads it', () => {
    expect(of()).toBe('{}');
    expect(of('01a2225a-8146-767f-832e-170f04897a60', null, 'pt-BR', 'CONSENT_STOPPED')).toBe(
      '{01a2225a-8146-767f-832e-170f04897a60,NULL,pt-BR,CONSENT_STOPPED}',
    );
    expect(of(-7, 0.5, true, false)).toBe('{-7,0.5,true,false}');
    expect(of(new Date('2026-11-28T13:32:16.903Z'))).toBe('{2026-11-28T13:32:16.903Z}');
  });

  it.each(['', 'a,b', '{x}', '"', '\\', 'null', 'NULL', 'a b', 'ä', "'", 'a\n'])(
    'never holds %j, which would have to be escaped',
    (text) => {
      expect(() => of(text)).toThrow('plain values');
    },
  );

  it('of bytes is written in hex', () => {
    expect(byteaColumn(['00ff', 'ab'])).toBe('{"\\\\x00ff","\\\\xab"}');
  });
});
