import { describe, expect, it } from '@jest/globals';
import { chooseLanguage, isRightToLeft, readLanguage } from './language.js';

describe('languages', () => {
  it.each([
    ['PT-br', 'pt-BR'],
    ['de', 'de'],
    ['zh-hant-tw', 'zh-Hant-TW'],
    ['es-419', 'es-419'],
    ['iw', 'he'],
  ])('have one form: %s', (tag, canonical) => expect(readLanguage(tag)).toBe(canonical));

  it.each(['', 'english', 'de_DE', 'ar-u-nu-thai', 'en-x-private', 'de-1996', '*', 'a'.repeat(100)])(
    'are nothing but language, script and region: %j',
    (tag) => expect(readLanguage(tag)).toBeUndefined(),
  );

  it.each([
    ['pt-BR', 'pt-BR'],
    ['pt-PT', 'pt'],
    ['zh-Hant-TW', 'zh-Hant'],
    ['zh-CN', 'en'],
    ['fr', 'en'],
    ['en', 'en'],
  ])('fall back from the right: %s', (asked, chosen) => {
    expect(chooseLanguage(asked, new Set(['pt-BR', 'pt', 'zh-Hant', 'en']), 'en')).toBe(chosen);
  });

  it.each([
    ['ar-EG', true],
    ['he', true],
    ['ur', true],
    ['uz-Arab', true],
    ['az-Latn', false],
    ['ks-Deva', false],
    ['hi', false],
  ])('run from right to left or not: %s', (language, is) => expect(isRightToLeft(language)).toBe(is));
});
