import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { KEYWORDS } from './keywords.js';
import { recognise } from './recognise.js';

describe('recognise, of a whole message', () => {
  it.each([
    ['STOP', 'STOP', 'en'],
    ['stop', 'STOP', 'en'],
    ['STOPPP!!! 🛑', 'STOP', 'en'],
    ['ＳＴＯＰ', 'STOP', 'en'],
    ['S.T.O.P', 'STOP', 'en'],
    ['s t o p', 'STOP', 'en'],
    ['ST\u200bOP', 'STOP', 'en'],
    ['SТОР', 'STOP', 'en'],
    ['st0p', 'STOP', 'en'],
    ['stpo', 'STOP', 'en'],
    ['"Stop"', 'STOP', 'en'],
    ['stop please', 'STOP', 'en'],
    ['pls stop', 'STOP', 'en'],
    ['STOP - thanks', 'STOP', 'en'],
    ['STOP STOP STOP', 'STOP', 'en'],
    ['Stop all', 'STOP', 'en'],
    ['opt-out', 'STOP', 'en'],
    ['OPT OUT', 'STOP', 'en'],
    ['unsubscibe', 'STOP', 'en'],
    ['unsubsrcibe', 'STOP', 'en'],
    ['Cancel.', 'STOP', 'en'],
    ['STOPP', 'STOP', 'en'],
    ['ABMELDEN bitte', 'STOP', 'de'],
    ['abmleden', 'STOP', 'de'],
    ['Kündigen', 'STOP', 'de'],
    ['Aus!', 'STOP', 'de'],
    ['baja por favor', 'STOP', 'es'],
    ['No más', 'STOP', 'es'],
    ['Arrêt', 'STOP', 'fr'],
    ['ARRET svp', 'STOP', 'fr'],
    ['Se désabonner', 'STOP', 'fr'],
    ['STOP 36105', 'STOP', 'en'],
    ['Sair pfv', 'STOP', 'pt'],
    ['descadrastar', 'STOP', 'pt'],
    ['Start', 'START', 'en'],
    ['UNSTOP', 'START', 'en'],
    ['anmelden', 'START', 'de'],
    ['COMEÇAR', 'START', 'pt'],
    ['help', 'HELP', 'en'],
    ['Hilfe!', 'HELP', 'de'],
    ['ayuda', 'HELP', 'es'],
    ['AIDE', 'HELP', 'fr'],
    ['ajuda', 'HELP', 'pt'],
    ['Help! STOP!', 'STOP', 'en'],
  ])('takes %s for %s (%s)', (text, action, language) => {
    expect(recognise(text)).toMatchObject({ kind: 'KEYWORD', action, language });
  });

  it.each([
    '',
    ' ',
    '👍',
    'yes',
    'Ja',
    'ok thanks',
    'top',
    'stp',
    'cancer',
    'Strat',
    'weekend',
    '12345',
    'constructor',
  ])('takes %j for no keyword', (text) => {
    expect(recognise(text)).toBeUndefined();
  });

  it('recognises a keyword in any case, with or without accents, squeezed or drawn out, and whatever stands behind it', () => {
    const stops = Object.values(KEYWORDS).flatMap(({ STOP }) => STOP.split(/\s+/).filter(Boolean));
    const decorated = fc
      .tuple(
        fc.constantFrom(...stops),
        fc.infiniteStream(fc.nat(5)),
        fc.array(
          fc.constantFrom('!', '.', '?', ' ', '…', '🛑', '❤️', '👎🏽', '\n', '\u200b', ' please', ' danke'),
        ),
      )
      .map(([word, stream, end]) => {
        const letters = word.split(/(?:)/u).map((letter) => {
          const decoration = stream.next().value ?? 0;
          if (decoration === 1) return letter.toUpperCase();
          if (decoration === 2) return `${letter}\u0301`;
          if (decoration === 3 && /[a-z]/.test(letter)) return letter.repeat(3);
          if (decoration === 4) return `${letter}\u200d`;
          return letter;
        });
        return letters.join('') + end.join('');
      });
    fc.assert(
      fc.property(decorated, (text) => {
        expect(recognise(text)).toMatchObject({ kind: 'KEYWORD', action: 'STOP' });
      }),
    );
  });
});

describe('recognise, of sentences', () => {
  it.each([
    ["please don't write me any more", 'EVERYTHING', 'en'],
    ['unsubscribe me from ads', 'MARKETING', 'en'],
    ['how do I unsubscribe?', 'EVERYTHING', 'en'],
    ['stop txting me', 'EVERYTHING', 'en'],
    ['f*** off', 'EVERYTHING', 'en'],
    ['wrong number', 'EVERYTHING', 'en'],
    ['nimm mich aus dem Verteiler', 'EVERYTHING', 'de'],
    ['ich widerspreche der Nutzung meiner Daten zu Werbezwecken', 'MARKETING', 'de'],
    ['no quiero recibir más mensajes', 'EVERYTHING', 'es'],
    ["ne m'envoyez plus rien", 'EVERYTHING', 'fr'],
    ['parem de me mandar propaganda', 'MARKETING', 'pt'],
  ])('takes %j for a stop of %s (%s)', (text, scope, language) => {
    expect(recognise(text)).toMatchObject({ kind: 'FREE_TEXT', scope, language });
  });

  it.each([
    "I can't stop laughing",
    'when does the sale stop?',
    'stop by anytime',
    "please don't stop sending these, I love them",
    'can I cancel my order?',
    'do not unsubscribe me',
    'My sister said "stop texting me" and I laughed',
    'el paradero está lejos',
    'ich kann nicht aufhören zu lachen',
    "je n'arrête pas de rire",
    'não consigo parar de rir',
  ])('takes %j for no stop', (text) => {
    expect(recognise(text)).toBeUndefined();
  });

  it('names what was learned where no rule matches, with its score', () => {
    expect(recognise('who said you could send me ads')).toMatchObject({
      scope: 'MARKETING',
      rule: 'learned',
    });
    expect(recognise('stop texting me')).not.toHaveProperty('score');
  });

  it('does not believe one rule alone against all that was learned', () => {
    expect(recognise("I've had it with this router, send a technician")).toBeUndefined();
  });
});
