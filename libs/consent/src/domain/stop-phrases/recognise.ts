import { type Match, stopsIn } from './grammar.js';
import { keywordOf } from './keyword.js';
import { scoreOf } from './learned/score.js';
import { type Word, wordsOf } from './message.js';
import { read, type Reading } from './reading.js';
import type { FreeText, Recognised } from './recognised.js';

/** From this score on a message is a stop without a rule: far enough from what others write. */
const STOP_WITHOUT_RULE = 0.5;
/** From this score down a message is none, though one rule alone says so: it is what that rule mistakes. Two are believed. */
const NONE_DESPITE_RULE = -0.5;

/**
 * Recognises a person's wish that messages stop (or START, or HELP) in what they wrote, in German, English, Spanish, French
 * or Portuguese; undefined where the message says no such thing. Rules decide, and a score that was learned where none
 * matches or only one. Time is linear in the length of the text.
 */
export function recognise(text: string): Recognised | undefined {
  const words = wordsOf(text);
  const keyword = keywordOf(words);
  if (keyword) return keyword;
  const reading = read(words);
  const matches = stopsIn(reading);
  const rules = new Set(matches.map(({ rule }) => rule));
  if (rules.size > 1) return stop(matches, words, reading);
  const score = scoreOf(words, reading);
  if (rules.size === 1) return score > NONE_DESPITE_RULE ? stop(matches, words, reading) : undefined;
  if (score < STOP_WITHOUT_RULE) return undefined;
  const everywhere = (1n << BigInt(words.length)) - 1n;
  return { ...stop([{ rule: 'learned', at: everywhere }], words, reading), score };
}

function stop(found: readonly Match[], words: readonly Word[], reading: Reading): FreeText {
  const scope = isOfAdvertising(found, words, reading) ? 'MARKETING' : 'EVERYTHING';
  return { kind: 'FREE_TEXT', scope, language: reading.language, rule: found[0]?.rule ?? 'learned' };
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
