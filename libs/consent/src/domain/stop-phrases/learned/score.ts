import type { Word } from '../message.js';
import type { Reading } from '../reading.js';
import { featuresOf, WEIGHTS } from './features.js';
import { QUANTISED, UNIT } from './weights.js';

/** One byte a weight. */
const LEARNED = new Int8Array(Buffer.from(QUANTISED, 'base64'));

/**
 * How much a message looks like those of the corpus that ask for a stop, by a linear model: above 0 more than like the others.
 * What it looks like to one feature counts less the more features there are.
 */
export function scoreOf(words: readonly Word[], reading: Reading): number {
  const features = featuresOf(words, reading);
  let sum = 0;
  for (const feature of features) sum += LEARNED[feature] ?? 0;
  return (sum * UNIT) / Math.sqrt(features.length);
}

if (LEARNED.length !== WEIGHTS) throw new Error('The weights are not those of these features.');
