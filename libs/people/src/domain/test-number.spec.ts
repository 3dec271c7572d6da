import { describe, expect, it } from '@jest/globals';
import { parsePhone } from './phone-number.js';
import { numberInSandbox, numberWithoutSandbox, testNumberEnding } from './test-number.js';

describe('a test number', () => {
  it.each([
    ['+12025550100', '00'],
    ['+14155550123', '23'],
    ['+12125550199', '99'],
  ])('%s ends in %s, and can be written like any other number', (e164, ending) => {
    expect(testNumberEnding(e164)).toBe(ending);
    expect(parsePhone(e164)).toEqual({ e164, country: 'US' });
  });

  it.each([
    ['another exchange', '+12025540100'],
    ['another part of 555', '+12125552368'],
    ['555-0200', '+12025550200'],
    ['Canada', '+14165550134'],
    ['toll-free', '+18005550150'],
    ['no area code', '+11115550100'],
    ['another country', '+4915155501000'],
    ['one in a sandbox', numberInSandbox('+12025550100', '01a7a2c0-0000-7000-8000-000000000000')],
  ])('is none of %s', (_, e164) => {
    expect(testNumberEnding(e164)).toBeUndefined();
  });

  it('is another number in every sandbox, and no phone number in any', () => {
    const inOne = numberInSandbox('+12025550100', 'one');
    expect(inOne).not.toBe(numberInSandbox('+12025550100', 'two'));
    expect(parsePhone(inOne)).toBeUndefined();
    expect(numberWithoutSandbox(inOne)).toBe('+12025550100');
  });
});
