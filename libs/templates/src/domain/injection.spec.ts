import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compiled, parameter, rendered, rulesOf, text } from '../../../../test/support/rendering.js';
import { render } from './render.js';

describe('what a business puts into a text', () => {
  const NAME = [parameter('name')];

  it.each([
    ['{other}', '{other}'],
    ['{name}', '{name}'],
    ["'{'", "'{'"],
    ['#', '#'],
    ['{count, plural, other {pwned}}', '{count, plural, other {pwned}}'],
    ['<b>bold</b>', '<b>bold</b>'],
    ['<script>alert(1)</script>', '<script>alert(1)</script>'],
    ['%s ${x} {{x}} $1 $&', '%s ${x} {{x}} $1 $&'],
    ['line\nof\r\nmany\u2028lines', 'line of many lines'],
    ['a\u0000b\u0007c', 'abc'],
    ['\u202Eevil\u202C', 'evil'],
    ['a\u2066b\u2069\u2069c', 'abc'],
    ['zero\u200Bwidth\uFEFF', 'zerowidth'],
    ['tags\u{E0041}\u{E0042}', 'tags'],
    ['broken \uD800 half', 'broken  half'],
    ['e\u0301', 'é'],
    ['__proto__', '__proto__'],
  ])('comes out as text: %j', (value, shown) => {
    expect(text('Hi {name}!', { name: value }, NAME)).toBe(`Hi ${shown}!`);
  });

  it('chooses only among what the body lists, and never what every object has', () => {
    const body = '{name, select, a {A} other {none}}';
    for (const value of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      expect(text(body, { name: value }, NAME)).toBe('none');
    }
  });

  it.each([
    'https://evil.example',
    'see http://evil.example/x',
    'www.evil.example',
    'evil.example/login',
    'javascript:alert(1)',
    'mailto:a@example.com',
    'пример.рф/вход',
  ])('can not smuggle in a link: %s', (value) => {
    expect(rulesOf('{name}', { name: value }, NAME)).toMatchObject([
      { kind: 'PARAMETER', parameter: 'name' },
    ]);
  });

  it.each(['Booking.com', 'a.b@example.com', '3.5/5 stars', 'and/or', 'Dr. No', '10:30', 'v1.2.3'])(
    'may be ordinary words: %s',
    (value) => {
      expect(text('{name}', { name: value }, NAME)).toBe(value);
    },
  );

  it.each([['', '\u200B', ' \n '], ['x'.repeat(1_025)]].flat())(
    'has 1 to 1,024 visible characters, not as %j',
    (value) => {
      expect(rulesOf('{name}', { name: value }, NAME)).toMatchObject([{ parameter: 'name' }]);
    },
  );

  it('never changes what the text around it says, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 200 }),
        fc.constantFrom('en', 'ar', 'hi'),
        (value, language) => {
          const outcome = rendered(
            '[{name}] {n, plural, one {#} other {#}}',
            { name: value, n: '7' },
            [parameter('name'), parameter('n', 'NUMBER')],
            language,
          );
          if ('problems' in outcome) return;
          const seven = new Intl.NumberFormat(language).format(7);
          expect(outcome.text.startsWith('[')).toBe(true);
          expect(outcome.text.endsWith(`] ${seven}`)).toBe(true);
          const inside = outcome.text.slice(1, -`] ${seven}`.length);
          const bare = inside.startsWith('\u2068') ? inside.slice(1, -1) : inside;
          expect(bare).toBe(bare.normalize('NFC').trim());
          expect(bare).not.toMatch(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069\u200E\u200F\u061C]/u);
          expect(inside.startsWith('\u2068')).toBe(inside.endsWith('\u2069'));
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('is the same text from the same values, and a compiled text keeps nothing of them', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 50 }), fc.string({ maxLength: 50 }), (one, other) => {
        const body = compiled('<{name}>', 'en', NAME);
        const first = render(body, NAME, [{ name: 'name', value: one }]);
        render(body, NAME, [{ name: 'name', value: other }]);
        expect(render(body, NAME, [{ name: 'name', value: one }])).toEqual(first);
      }),
    );
  });
});

describe('a URL', () => {
  const LINK = [parameter('link', 'URL', 'example.com')];

  it.each([
    ['https://example.com/a?b=c#d', 'https://example.com/a?b=c#d'],
    ['https://shop.example.com', 'https://shop.example.com/'],
    ['https://EXAMPLE.com/Ä', 'https://example.com/%C3%84'],
    ['https://example.com/\u202Egpj.exe', 'https://example.com/%E2%80%AEgpj.exe'],
  ])('leads to its declared domain: %s', (value, shown) => {
    expect(text('{link}', { link: value }, LINK)).toBe(shown);
  });

  it.each([
    'http://example.com/',
    'https://example.com.evil.example/',
    'https://evil.example/example.com',
    'https://notexample.com/',
    'https://example.com@evil.example/',
    'https://user:pw@example.com/',
    'https://example.com:8443/',
    'https://evil.example\\@example.com/',
    'https://ехample.com/',
    'javascript:alert(1)',
    'example.com',
    `https://example.com/${'a'.repeat(2_000)}`,
  ])('leads nowhere else: %s', (value) => {
    expect(rulesOf('{link}', { link: value }, LINK)).toMatchObject([
      { kind: 'PARAMETER', parameter: 'link' },
    ]);
  });

  it('is on its domain, whatever is given', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.webUrl(),
          fc.string().map((path) => `https://example.com${path}`),
        ),
        (value) => {
          const outcome = rendered('{link}', { link: value }, LINK);
          if ('text' in outcome) expect(new URL(outcome.text).hostname).toMatch(/(^|\.)example\.com$/);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
