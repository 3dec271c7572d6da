import { type Match, stopsIn } from './grammar.js';
import { keywordOf } from './keyword.js';
import { type Word, wordsOf } from './message.js';
import { read, type Reading } from './reading.js';
import type { Recognised } from './recognised.js';

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
  const scope = isOfAdvertising(found, words, reading) ? 'MARKETING' : 'EVERYTHING';
  return { kind: 'FREE_TEXT', scope, language: reading.language, rule: first.rule };
}

/** Whether each sentence that asks for a stop speaks of advertising, and of nothing else. */
function isOfAdvertising(found: readonly Match[], words: readonly Word[], { views }: Reading): boolean {
  // "Stop! No more ads!" says what is to stop in its second sentence.
  const specific = found.filter(({ rule }) => rule !== 'cease-this');
  const stops = (specific.length > 0 ? specific : found).reduce((all, { at }) => all | at, 0n);
  const spoken = views.slice(0, -1);
  const [advertising, total] = ['AD', 'TOTAL'].map((name) =>
    spoken.reduce((all, view) => all | view.where(name), 0n),
  );
  return sentencesOf(words)
    .filter((sentence) => sentence & stops)
    .every((sentence) => sentence & (advertising ?? 0n) && !(sentence & (total ?? 0n)));
}

/** Each sentence as a set of its words. */
function sentencesOf(words: readonly Word[]): bigint[] {
  let from = 0;
  return words.flatMap(({ last }, at) => {
    if (!last) return [];
    const sentence = ((1n << BigInt(at + 1 - from)) - 1n) << BigInt(from);
    from = at + 1;
    return [sentence];
  });
}
