import { type Match, stopsIn } from './grammar.js';
import { keywordOf } from './keyword.js';
import { wordsOf } from './message.js';
import { read, type Reading } from './reading.js';
import type { Recognised, StopScope } from './recognised.js';

/**
 * Recognises a person's wish that messages stop (or START, or HELP) in what they wrote, in German, English, Spanish, French
 * or Portuguese; undefined where the message says no such thing. Time is linear in the length of the text.
 */
export function recognise(text: string): Recognised | undefined {
  const words = wordsOf(text);
  const keyword = keywordOf(words);
  if (keyword) return keyword;
  const reading = read(words);
  const found = stopsIn(reading);
  const [first] = found;
  if (!first) return undefined;
  const language = reading.spoken[0]?.language ?? 'en';
  return { kind: 'FREE_TEXT', scope: scopeOf(found, reading), language, rule: first.rule };
}

/** MARKETING if each sentence that asks for a stop speaks of advertising, and of nothing else. */
function scopeOf(found: readonly Match[], { mixed, sentences }: Reading): StopScope {
  // "Stop! No more ads!" says what is to stop in its second sentence.
  const specific = found.filter(({ rule }) => rule !== 'cease-this');
  const at = (specific.length > 0 ? specific : found).reduce((all, match) => all | match.at, 0n);
  const [advertising = 0n, total = 0n] = ['AD', 'TOTAL'].map((name) => mixed.meanings.get(name) ?? 0n);
  const isMarketing = sentences
    .filter((sentence) => sentence & at)
    .every((sentence) => sentence & advertising && !(sentence & total));
  return isMarketing ? 'MARKETING' : 'EVERYTHING';
}
