import { describe, expect, it } from '@jest/globals';
import { dateFormat, numberFormat, pluralRules } from './formats.js';

describe('formats', () => {
  it('are one for all who ask for the same', () => {
    expect(dateFormat('de', { dateStyle: 'long' })).toBe(dateFormat('de', { dateStyle: 'long' }));
    expect(numberFormat('de', {})).toBe(numberFormat('de', {}));
    expect(pluralRules('de', { type: 'cardinal' })).toBe(pluralRules('de', { type: 'cardinal' }));
  });

  it('are others in another language, of other options and of another kind', () => {
    expect(numberFormat('de', {}).format(1.5)).toBe('1,5');
    expect(numberFormat('en', {}).format(1.5)).toBe('1.5');
    expect(numberFormat('en', { style: 'percent' }).format(1.5)).toBe('150%');
    expect(dateFormat('en', {}).format(0)).toMatch('1970');
    expect(pluralRules('en', { type: 'ordinal' }).select(2)).toBe('two');
    expect(pluralRules('en', { type: 'cardinal' }).select(2)).toBe('other');
  });

  it('that can not be shown are refused each time', () => {
    const refused = () => numberFormat('en', { style: 'currency', currency: 'X' });
    expect(refused).toThrow(RangeError);
    expect(refused).toThrow(RangeError);
  });
});
