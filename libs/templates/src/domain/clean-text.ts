/** What separates lines in a text that must stay on one. */
const BREAKS = /[\t-\r\u0085\u2028\u2029]+/g;
/**
 * Controls, halves of pairs, private use, and what is invisible: marks that turn the direction of writing, tags that
 * smuggle text. Joiners stay: Persian, Indic scripts and emoji need them.
 */
const HIDDEN = /[\p{Cc}\p{Co}\p{Cs}\p{Zl}\p{Zp}]|(?![\u200c\u200d])\p{Cf}/gu;
/** As above, but a body may have lines, and the three marks that only say how what is next to them runs. */
const HIDDEN_IN_BODY = /[\p{Cc}\p{Co}\p{Cs}\p{Zl}\p{Zp}]|(?![\u200c-\u200f\u061c])\p{Cf}/u;

const RIGHT_TO_LEFT_LETTERS =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}\p{Script=Mandaic}\p{Script=Samaritan}\p{Script=Hanifi_Rohingya}]/u;
const OTHER_LETTERS_OR_DIGITS =
  /(?![\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}\p{Script=Mandaic}\p{Script=Samaritan}\p{Script=Hanifi_Rohingya}])[\p{L}\p{N}]/u;

const FIRST_STRONG_ISOLATE = '\u2068';
const POP_ISOLATE = '\u2069';

/** What a business puts into a text, as one line of visible text: composed (NFC), nothing hidden in it. May be empty. */
export function cleanLine(text: string): string {
  return text.replace(BREAKS, ' ').replace(HIDDEN, '').normalize('NFC').trim();
}

/** Whether a body holds what nobody can see, other than lines, joiners and direction marks. */
export function hasHidden(body: string): boolean {
  return HIDDEN_IN_BODY.test(body.replaceAll('\n', ''));
}

/**
 * A cleaned line so that it can not change how what is around it runs: isolated (UAX #9, FSI … PDI) where any of it
 * runs the other way, or has digits that text from right to left would move.
 */
export function isolated(line: string, rightToLeft: boolean): string {
  const turns = rightToLeft ? OTHER_LETTERS_OR_DIGITS : RIGHT_TO_LEFT_LETTERS;
  return turns.test(line) ? `${FIRST_STRONG_ISOLATE}${line}${POP_ISOLATE}` : line;
}

/** Characters as people count them to a limit: Unicode code points. */
export function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length++;
  return length;
}

/** Whether a text has at most so many characters. Each has one or two halves, so only what has more halves than that, and no more than twice as many, is counted. */
export function hasAtMost(text: string, most: number): boolean {
  return text.length <= most || (text.length <= 2 * most && lengthOf(text) <= most);
}
