import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compiled, parameter, rulesOf, text } from '../../../../test/support/rendering.js';
import { lengthOf } from './clean-text.js';
import { compileText } from './message-format.js';
import type { ParameterType } from './parameters.js';
import { render } from './render.js';

describe('typed values', () => {
  it.each<[ParameterType, string]>([
    ['NUMBER', '1e9'],
    ['NUMBER', '1,5'],
    ['NUMBER', 'NaN'],
    ['NUMBER', '1234567890123'],
    ['DATE', '2026-02-30'],
    ['DATE', '28.11.2026'],
    ['DATE', '2026-11-28T25:00'],
    ['DATE', '0001-01-01'],
    ['MONEY', '12.50'],
    ['MONEY', '12.505 EUR'],
    ['MONEY', '1.5 JPY'],
    ['MONEY', '1 XYZ'],
    ['MONEY', 'EUR 1'],
  ])('of %s are refused as %s', (type, value) => {
    expect(rulesOf('{v}', { v: value }, [parameter('v', type)])).toMatchObject([{ parameter: 'v' }]);
  });

  it('are wanted once each, and no others', () => {
    const parameters = [parameter('a'), parameter('b')];
    const written = [
      { name: 'a', value: '1' },
      { name: 'a', value: '2' },
      { name: 'c', value: '3' },
    ];
    const outcome = render(compiled('{a}{b}', 'en', parameters), parameters, written);
    expect(outcome).toEqual({
      problems: [
        { kind: 'PARAMETER', parameter: 'b', rule: 'must be given' },
        { kind: 'PARAMETER', parameter: 'a', rule: 'must be given once' },
        { kind: 'PARAMETER', parameter: 'c', rule: 'is not a parameter of this template' },
      ],
    });
  });

  it('of a date have a time of day where the text shows one', () => {
    const parameters = [parameter('when', 'DATE')];
    expect(rulesOf('{when, time, short}', { when: '2026-11-28' }, parameters)).toMatchObject([
      { parameter: 'when' },
    ]);
    expect(text('{when}', { when: '2026-11-28' }, parameters)).toBe('November 28, 2026');
  });

  it('make a text of at most 4,096 characters', () => {
    const body = '{a}{a}{a}{a}';
    const parameters = [parameter('a')];
    expect(lengthOf(text(body, { a: '😀'.repeat(1_024) }, parameters))).toBe(4_096);
    expect(rulesOf(`${body}!`, { a: '😀'.repeat(1_024) }, parameters)).toEqual([
      { kind: 'TOO_LONG', length: 4_097 },
    ]);
  });

  it('are read alike in every time zone', () => {
    const before = process.env['TZ'];
    const parameters = [parameter('when', 'DATE')];
    const texts = ['Pacific/Kiritimati', 'America/Los_Angeles', 'UTC'].map((zone) => {
      process.env['TZ'] = zone;
      return text('{when, date, ::yMMMd} {when, time, ::Hmm}', { when: '2026-11-28T00:30' }, parameters);
    });
    process.env['TZ'] = before;
    expect(new Set(texts).size).toBe(1);
  });
});

describe('a body', () => {
  it.each([
    ['{name', 'ICU MessageFormat'],
    ['{n, plural, one {#}}', 'missing other clause'],
    ['{unknown}', 'declared'],
    ['{name, plural, other {#}}', 'NUMBER'],
    ['{n, select, other {}}', 'TEXT'],
    ['{name, number}', 'NUMBER'],
    ['{n, date}', 'DATE'],
    ['{n, number, ::nonsense/foo}', 'skeleton'],
    ['{n, number, ::currency/XX}', 'skeletons'],
    ['{n, number, curious}', 'integer'],
    ['{n, number, ::unit/parsec}', 'skeletons'],
    ['{when, date, ::yMMMdz}', 'time zones'],
    ['{when, date, curious}', 'short, medium'],
  ])('is refused where it can not be rendered: %s', (body, why) => {
    const parameters = [parameter('name'), parameter('n', 'NUMBER'), parameter('when', 'DATE')];
    const outcome = compileText(body, 'en', parameters);
    expect(outcome).toHaveProperty('rule', expect.stringContaining(why));
  });

  it('compiles or is refused, and nothing else, whatever it is', () => {
    const parameters = [
      parameter('a'),
      parameter('n', 'NUMBER'),
      parameter('d', 'DATE'),
      parameter('m', 'MONEY'),
    ];
    const bits = [
      '{',
      '}',
      "'",
      '#',
      ',',
      ' ',
      'a',
      'n',
      'd',
      'm',
      'plural',
      'select',
      'number',
      'date',
      'other',
      '::',
      'one',
      '=1',
      'offset:1',
      '<b>',
      '</b>',
      'x',
      'y',
      'percent',
      '.00',
      'MMM',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...bits), { maxLength: 25 }), (parts) => {
        const outcome = compileText(parts.join(''), 'en', parameters);
        if ('rule' in outcome) expect(outcome.rule).toMatch(/^must /);
        else {
          const values = [
            { name: 'a', value: 'other' },
            { name: 'n', value: '1' },
            { name: 'd', value: '2026-11-28T10:00' },
            { name: 'm', value: '1 EUR' },
          ];
          expect(render(outcome, parameters, values)).toHaveProperty('text');
        }
      }),
      { numRuns: 1_500 },
    );
  });
});
