/**
 * Characters that make a name look like another one, or like nothing: controls, line and paragraph separators, marks
 * that turn the direction of writing, invisible ones, and what has no meaning of its own (private use, halves of
 * pairs). Joiners stay: Persian, Indic scripts and emoji need them.
 */
const DECEPTIVE = /[\p{Cc}\p{Co}\p{Cs}\p{Zl}\p{Zp}]|(?![\u200c\u200d])\p{Cf}/u;
const MEANINGFUL = /[\p{L}\p{N}]/u;

/** The one form in which a name is kept: composed (NFC), without blanks around it. */
export function normalName(text: string): string {
  return text.normalize('NFC').trim();
}

/** Whether a name shows what it is: no deceptive characters, and at least one letter or digit. */
export function isHonestName(name: string): boolean {
  return MEANINGFUL.test(name) && !DECEPTIVE.test(name);
}
