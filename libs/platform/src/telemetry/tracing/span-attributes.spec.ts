import { describe, expect, it } from '@jest/globals';
import { allowedOf, nameFor, type SpanAttributes } from './span-attributes.js';

describe('what a span may hold', () => {
  it('is names, counts and the id of a business', () => {
    const attributes: SpanAttributes = {
      'http.route': '/stop/:token',
      'assent.outcome': 'SQLSTATE 57014',
      'assent.event': 'message.status',
      'assent.business': 'biz_01jzzzzzzzf4kvzzzzzzzzzzzz',
      'assent.messages': 1_000,
    };
    expect(allowedOf(attributes)).toEqual(attributes);
  });

  it.each([
    ['what nobody named', { 'db.statement': 'SELECT' }, {}],
    ['what objects inherit', { constructor: 'x', toString: 'y' }, {}],
    ['a number that is no count', { 'assent.messages': 4_915_112_345_678 }, {}],
    ['half a count', { 'assent.messages': 1.5 }, {}],
    ['an object', { 'assent.reason': { text: 'x' } }, {}],
    ['what is no id of a business', { 'assent.business': 'ctc_01jzzzzzzzf4kvzzzzzzzzzzzz' }, {}],
    ['a phone number', { 'assent.reason': '+4915112345678' }, { 'assent.reason': 'other' }],
    ['digits behind a name', { 'http.route': '/x/4915112345678' }, { 'http.route': 'other' }],
    ['an address', { 'assent.reason': 'jane@example.com' }, { 'assent.reason': 'other' }],
    ['a long text', { 'assent.reason': 'a'.repeat(81) }, { 'assent.reason': 'other' }],
    ['two lines', { 'assent.reason': 'a\nb' }, { 'assent.reason': 'other' }],
    ['letters of other scripts', { 'assent.reason': 'Grüße' }, { 'assent.reason': 'other' }],
  ])('is not %s', (_, attributes, allowed) => {
    expect(allowedOf(attributes as SpanAttributes)).toEqual(allowed);
  });

  it('has names of the same form', () => {
    expect(nameFor('POST /business/graphql')).toBe('POST /business/graphql');
    expect(nameFor('job 0151123456')).toBe('other');
  });
});
