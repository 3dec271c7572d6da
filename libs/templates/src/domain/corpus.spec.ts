import { describe, expect, it } from '@jest/globals';
import { parameter, text } from '../../../../test/support/rendering.js';
import type { Parameter } from './parameters.js';

/** One template in each script: what makes it hard, and what it must come out as. `\u2068…\u2069` isolates. */
const CORPUS: [string, string, string, Parameter[], Record<string, string>, string][] = [
  [
    'Latin, English plural and money',
    'en',
    'Hi {name}, {count, plural, =0 {no items} one {# item} other {# items}} for {total}.',
    [parameter('name'), parameter('count', 'NUMBER'), parameter('total', 'MONEY')],
    { name: 'Zoë', count: '1200', total: '1234.50 EUR' },
    'Hi Zoë, 1,200 items for €1,234.50.',
  ],
  [
    'Latin, German dates and numbers',
    'de',
    'Termin am {when, date, long} um {when, time, short} Uhr, {weight} kg.',
    [parameter('when', 'DATE'), parameter('weight', 'NUMBER')],
    { when: '2026-11-28T14:30', weight: '1234.5' },
    'Termin am 28. November 2026 um 14:30 Uhr, 1.234,5 kg.',
  ],
  [
    'Latin, Portuguese select',
    'pt-BR',
    '{gender, select, f {Prezada} m {Prezado} other {Olá}} {name}: {n, selectordinal, other {#º lugar}}.',
    [parameter('gender'), parameter('name'), parameter('n', 'NUMBER')],
    { gender: 'f', name: 'Lia', n: '3' },
    'Prezada Lia: 3º lugar.',
  ],
  [
    'Cyrillic, three plural forms',
    'ru',
    '{n, plural, one {# посылка} few {# посылки} many {# посылок} other {# посылки}} для {name}',
    [parameter('n', 'NUMBER'), parameter('name')],
    { n: '22', name: 'Анны' },
    '22 посылки для Анны',
  ],
  [
    'Arabic, six plural forms, and a Latin name that must not turn the line',
    'ar',
    'مرحبا {name}، لديك {n, plural, zero {لا رسائل} one {رسالة} two {رسالتان} few {# رسائل} many {# رسالة} other {# رسالة}}.',
    [parameter('name'), parameter('n', 'NUMBER')],
    { name: 'Anna (VIP)', n: '2' },
    'مرحبا \u2068Anna (VIP)\u2069، لديك رسالتان.',
  ],
  [
    'Hebrew, digits in a text from right to left',
    'he',
    'שלום {name}, הזמנה {order} מוכנה.',
    [parameter('name'), parameter('order')],
    { name: 'דנה', order: '12-34' },
    'שלום דנה, הזמנה \u206812-34\u2069 מוכנה.',
  ],
  [
    'Devanagari, joiners and Indian grouping',
    'hi',
    '{name}, आपकी किश्त {amount} {when, date, medium} को देय है।',
    [parameter('name'), parameter('amount', 'MONEY'), parameter('when', 'DATE')],
    { name: 'शर्मा क्\u200dष', amount: '1234567.00 INR', when: '2026-01-05' },
    'शर्मा क्\u200dष, आपकी किश्त ₹12,34,567.00 5 जन॰ 2026 को देय है।',
  ],
  [
    'Han, no plural forms',
    'zh-Hans',
    '{name}您好，您有{n, plural, other {#}}件包裹，{when}到达。',
    [parameter('name'), parameter('n', 'NUMBER'), parameter('when', 'DATE')],
    { name: '王小明', n: '3', when: '2026-11-28' },
    '王小明您好，您有3件包裹，2026年11月28日到达。',
  ],
  [
    'Japanese kana, and an emoji of several characters',
    'ja',
    '{name}さん、{n, number, percent}オフです👩‍👧',
    [parameter('name'), parameter('n', 'NUMBER')],
    { name: '佐藤', n: '0.2' },
    '佐藤さん、20%オフです👩‍👧',
  ],
  [
    'Greek, and quoted braces',
    'el',
    "Κωδικός '{'{code}'}'",
    [parameter('code')],
    { code: '123 456' },
    'Κωδικός {123 456}',
  ],
  [
    'English with a name in Arabic, isolated',
    'en',
    'Dear {name}, (1) thank you.',
    [parameter('name')],
    { name: 'سارة' },
    'Dear \u2068سارة\u2069, (1) thank you.',
  ],
];

describe('the corpus of templates', () => {
  it.each(CORPUS)('is rendered: %s', (_, language, body, parameters, values, expected) => {
    expect(text(body, values, parameters, language)).toBe(expected);
  });
});
