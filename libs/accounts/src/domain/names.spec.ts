import { describe, expect, it } from '@jest/globals';
import { isHonestName, normalName } from './names.js';

describe('a name', () => {
  it.each(['Bäckerei Müller & Söhne', '株式会社アセント', 'می‌خواهم', '7-Eleven', "L'Été 👩‍🚀"])(
    'may be %s',
    (name) => {
      expect(isHonestName(name)).toBe(true);
    },
  );

  it.each([
    ['a direction override', 'Bank\u202eknaB'],
    ['an isolate', '\u2066Bank\u2069'],
    ['a right-to-left mark', 'Bank\u200f'],
    ['a zero-width space', 'Ba\u200bnk'],
    ['a line break', 'Bank\nof nowhere'],
    ['a line separator', 'Bank\u2028of nowhere'],
    ['a null', 'Bank\0'],
    ['half of a pair', 'Bank\ud83d'],
    ['only signs', '!!! …'],
    ['nothing', ''],
  ])('may not have %s', (_, name) => {
    expect(isHonestName(name)).toBe(false);
  });

  it('is composed and has no blanks around it', () => {
    expect(normalName('  Mu\u0308ller ')).toBe('Müller');
  });
});
