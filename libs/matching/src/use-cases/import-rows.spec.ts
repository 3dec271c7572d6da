import { describe, expect, it } from '@jest/globals';
import { csvLine } from './import-rows.js';

describe('a line of CSV', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])(
    'is no formula to a spreadsheet: %j',
    (formula) => {
      expect(csvLine([formula, 'OK'])).toMatch(/^"?'/);
    },
  );

  it('holds what is no formula as it is, in quotes where it must', () => {
    expect(csvLine(['row-1', 'a,b', 'say "no"', null])).toBe('row-1,"a,b","say ""no""",\r\n');
  });

  it('puts a formula with quotes into quotes, behind the apostrophe', () => {
    expect(csvLine(['=HYPERLINK("x")'])).toBe(`"'=HYPERLINK(""x"")"\r\n`);
  });
});
