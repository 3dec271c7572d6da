import { keywordOf } from './keyword.js';
import { normalise, squeeze } from './normalise.js';
import type { Recognised } from './recognised.js';

/**
 * Recognises a person's wish that messages stop (or START, or HELP) in what they wrote, in German, English, Spanish, French
 * or Portuguese; undefined where the message says no such thing. Time is linear in the length of the text.
 */
export function recognise(text: string): Recognised | undefined {
  const words = normalise(text).match(/[\p{L}\p{N}]+/gu) ?? [];
  return keywordOf(words.map(squeeze));
}
