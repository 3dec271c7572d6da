/** The longest emoji of Unicode has 10 code points and 35 UTF-16 units or so; what is longer is none. */
const MOST_UNITS = 64;
const VARIATION_16 = '\ufe0f';

/** One emoji that Unicode recommends for general interchange (UTS 51, RGI), which is one grapheme. */
const ONE_EMOJI = new RegExp('^\\p{RGI_Emoji}$', 'v');

/**
 * The one form in which an emoji is kept, or undefined where a text is not exactly one. A sign that is text by default, such
 * as ❤, is taken without its variation selector too, and gets it.
 */
export function readEmoji(text: string): string | undefined {
  if (text.length > MOST_UNITS) return undefined;
  return [text, `${text}${VARIATION_16}`].find((form) => ONE_EMOJI.test(form));
}
