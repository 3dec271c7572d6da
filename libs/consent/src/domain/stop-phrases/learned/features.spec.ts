import { describe, expect, it } from '@jest/globals';
import { wordsOf } from '../message.js';
import { read } from '../reading.js';
import { featuresOf, WEIGHTS } from './features.js';

const LONGEST_MESSAGE = 4_096;

/** Texts that are as dear as can be. */
const HOSTILE: Record<string, (length: number) => string> = {
  'one letter after another': (length) => 'a '.repeat(length / 2),
  'no word like another': (length) =>
    Array.from({ length: length / 4 }, (_, at) => at.toString(36).padStart(3, 'q')).join(' '),
  'one word without an end': (length) => 'abcdefgh'.repeat(length / 8),
  'all meanings in one sentence': (length) =>
    'stop dont want send text me my number list remove more ads spam cancel consent '.repeat(length / 79),
  'a sentence a word': (length) => 'stop! '.repeat(length / 6),
  'letters that stand for phrases': (length) => 'ﷺ'.repeat(length),
  'questions, commas, quotes': (length) => `",?'`.repeat(length / 4),
  'verbs with pronouns': (length) => 'mandarmelos escribirnoslo '.repeat(length / 26),
};

/** Every step that takes a feature in, whether it is new or not. */
function stepsOf(text: string): number {
  let steps = 0;
  const words = wordsOf(text);
  featuresOf(words, read(words), () => (steps += 1));
  return steps;
}

describe('featuresOf', () => {
  it('gives the same places for the same message', () => {
    const words = wordsOf('Please don’t write me any more');
    const features = featuresOf(words, read(words));
    expect(featuresOf(words, read(words))).toEqual(features);
    expect(features.every((feature) => feature < WEIGHTS)).toBe(true);
  });

  it.each(Object.entries(HOSTILE))('takes steps that grow with the length alone: %s', (_, text) => {
    const [half, whole] = [LONGEST_MESSAGE / 2, LONGEST_MESSAGE].map((length) => stepsOf(text(length)));
    expect(whole).toBeLessThanOrEqual(64 * LONGEST_MESSAGE);
    expect(whole).toBeLessThanOrEqual(2.1 * (half ?? 0) + 2_000);
  });
});
