import { normalise, squeeze } from './normalise.js';

/** A word of a message; a comma, and what does its work, is one too, and so is a question mark. */
export interface Word {
  /** Squeezed. */
  text: string;
  /** Begins with a capital, as names do, and goes on in small letters. */
  capital: boolean;
  /** Stands for a picture. */
  picture: boolean;
  /** Ends a sentence. */
  last: boolean;
}

/** Marks a capital through normalisation, which takes all cases away. */
const CAPITAL = '\u{E000}';
const CAPITALS = /(?<![\p{L}\p{M}\p{N}\p{Cf}])\p{Lu}(?=\p{Ll})/gu;

/** A word, with what is starred out in it or hangs on it by an apostrophe; a number; marks; a picture. */
const TOKEN = new RegExp(
  [
    `${CAPITAL}?\\p{L}[\\p{L}\\p{N}]*(?:\\*+\\p{L}+|\\*{2,})?(?:'\\p{L}+)*`,
    `\\p{N}+(?:[.,:/]\\p{N}+)*`,
    `[.!?;:…\\n]+`,
    `[,()–—]`,
    `(?<=\\s)-+(?=\\s)`,
    `["«»„“”]`,
    `(?<![\\p{L}\\p{N}])'(?=[\\p{L}${CAPITAL}])`,
    `(?<=[\\p{L}\\p{N}.!?])'(?!\\p{L})`,
    `\\p{Extended_Pictographic}`,
  ].join('|'),
  'gu',
);
const ABBREVIATED = new Set(
  'm nr tel dr sr sra hr fr str bzw ca z b u a mr mrs ms st mme inkl num art abs bspw p ex'.split(' '),
);
/** What French elides is a word of its own; "don't" and "geht's" are one. */
const ELIDED = /^([mndljtsc]|qu|jusqu|lorsqu|puisqu|quelqu)'(.+)$/;
const PICTURES = new Map([
  ['🖕', 'fuck'],
  ['🛑', 'stop'],
  ...['😂', '🤣', '😆', '😅', '😹', '😝', '😜'].map((face) => [face, 'haha'] as const),
]);
/** A line that a program broke, not its writer, has this many characters at least. */
const LONG_LINE = 50;

/** Longer messages are read up to here; normalised, for some letters stand for whole phrases. */
const LONGEST = 8_192;

/** Takes a message apart into words and sentences, without what it quotes others saying. */
export function wordsOf(message: string): Word[] {
  const words: Word[] = [];
  let quote: number | undefined;
  const text = normalise(unbroken(message).replace(CAPITALS, `${CAPITAL}$&`)).slice(0, LONGEST);
  for (const [token] of text.matchAll(TOKEN)) {
    const previous = words.at(-1);
    if (/^[.!?;:…\n]/.test(token)) {
      if (!previous || (token === '.' && ABBREVIATED.has(previous.text))) continue;
      if (token.includes('?') && !previous.last) words.push({ ...previous, text: '?', last: true });
      else previous.last = true;
    } else if (/^["'«»„“”]/.test(token)) {
      if (quote !== undefined && isOfOthers(words, quote)) words.splice(quote);
      quote = quote === undefined ? words.length : undefined;
    } else if (/^[,()–—-]/.test(token)) {
      if (previous && !previous.last) words.push({ text: ',', capital: false, picture: false, last: false });
    } else {
      words.push(...spelled(token));
    }
  }
  const final = words.at(-1);
  if (final) final.last = true;
  return words;
}

/** Joins the lines that a program broke. */
function unbroken(text: string): string {
  return text
    .split('\n')
    .map((line) => line + (line.length >= LONG_LINE && /[\p{L},]\s*$/u.test(line.slice(-9)) ? ' ' : '\n'))
    .join('');
}

function spelled(token: string): Word[] {
  const capital = token.startsWith(CAPITAL);
  const text = capital ? token.slice(CAPITAL.length) : token;
  const [, elided, rest] = ELIDED.exec(text) ?? [];
  const word = (part: string): Word => ({
    text: squeeze(part.replaceAll("'", '').replace(/\*+/g, '*')),
    capital,
    picture: false,
    last: false,
  });
  if (elided !== undefined && rest !== undefined) return [word(elided), word(rest)];
  if (/^[\p{L}\p{N}]/u.test(text)) return [word(text)];
  const picture = PICTURES.get(text);
  return picture === undefined ? [] : [{ ...word(picture), picture: true }];
}

/** Speaks of what stands or is said somewhere. */
const SAYS = new Set(
  `says said say saying wrote writes written reads titled called named meant means mean word song film movie book show title sign
  replied texted told asked sagt sagte gesagt schrieb schreibt geschrieben steht stand heist lied film titel buch wort bedeutet
  dice dijo decia escribio pone significa cancion pelicula libro titulo palabra
  dit disait ecrit chanson livre titre mot signifie diz disse escreveu escrito musica filme livro titulo palavra`
    .split(/\s+/)
    .map(squeeze),
);
const MYSELF = new Set(
  'i ive we ich wir hab habe yo je j jai eu ya already schon deja ja puse mande respondi'.split(' '),
);
/** So many words before a quote tell whose it is. */
const INTRODUCTION = 5;

/** Whether the quote that begins at a word is introduced as somebody else's. */
function isOfOthers(words: readonly Word[], from: number): boolean {
  const before = words.slice(Math.max(0, from - INTRODUCTION), from).map(({ text }) => text);
  return before.some((word) => SAYS.has(word)) && !before.some((word) => MYSELF.has(word));
}
