/** Writes what is learned of stops from test/consent/stop-phrases/work.tsv, and says how it did on what it had not seen. */
import { writeFileSync } from 'node:fs';
import { combinations } from './combinations.ts';
import { foldsOf } from './folds.ts';
import { madeOf } from './made-of.ts';
import { type Phrase, phrases } from './phrases.ts';
import { type Example, scoreBy, train } from './training.ts';

type Word = { text: string };
type Reading = object;
interface StopPhrases {
  wordsOf: (text: string) => Word[];
  keywordOf: (words: Word[]) => object | undefined;
  read: (words: Word[]) => Reading;
  stopsIn: (reading: Reading) => { rule: string }[];
  featuresOf: (words: Word[], reading: Reading) => Uint32Array;
  WEIGHTS: number;
}

// Built, since the sources name the built files; named apart, so that types are not looked for in what is built.
const BUILT: string = '../../dist/libs/consent/src/domain/stop-phrases';
const modules = ['message', 'keyword', 'reading', 'grammar', 'learned/features'];
const imported = await Promise.all(modules.map((name) => import(`${BUILT}/${name}.js`) as Promise<object>));
const { wordsOf, keywordOf, read, stopsIn, featuresOf, WEIGHTS } = Object.assign(
  {},
  ...imported,
) as StopPhrases;

const FILE = 'libs/consent/src/domain/stop-phrases/learned/weights.ts';
/** Combinations are many and alike: each counts this much. */
const COMBINATION = 0.3;
const FOLDS = 5;

interface Seen extends Example {
  words: string[];
  /** How many rules match. */
  rules: number;
}

/** What is not a keyword anyway. */
function seen(list: readonly Phrase[], counts: number): Seen[] {
  return list.flatMap(({ label, text }) => {
    const words = wordsOf(text);
    if (words.length === 0 || keywordOf(words)) return [];
    const reading = read(words);
    const features = featuresOf(words, reading);
    const rules = new Set(stopsIn(reading).map(({ rule }) => rule)).size;
    const distinct = [...new Set(words.map((word) => word.text))];
    return [{ features, stop: label.startsWith('STOP'), counts, words: distinct, rules }];
  });
}

const corpus = seen(phrases(), 1);
const drawn = seen(combinations(), COMBINATION);

const folds = foldsOf(
  corpus.map(({ words }) => words),
  FOLDS,
);
const scores = corpus.map(() => 0);
for (let fold = 0; fold < FOLDS; fold += 1) {
  const weights = train([...corpus.filter((_, at) => folds[at] !== fold), ...drawn], WEIGHTS);
  for (const [at, { features }] of corpus.entries()) {
    if (folds[at] === fold) scores[at] = scoreBy(weights, features);
  }
}
const share = (stop: boolean, says: (example: Seen, score: number) => boolean) => {
  const all = corpus.flatMap((example, at) =>
    example.stop === stop ? [says(example, scores[at] ?? 0)] : [],
  );
  return (all.filter(Boolean).length / all.length).toFixed(4);
};
console.log(`${corpus.length} phrases and ${drawn.length} combinations; on folds that were left out:`);
const say = (name: string, says: (example: Seen, score: number) => boolean) =>
  console.log(`${name.padEnd(24)} recall ${share(true, says)}  false stops ${share(false, says)}`);
say('rules', ({ rules }) => rules > 0);
say('learned', (_, score) => score > 0);
for (const high of [0.3, 0.4, 0.5, 0.6, 0.75]) {
  for (const low of [-0.7, -0.5, -0.3]) {
    say(`both, ${high} and ${low}`, ({ rules }, score) => rules > 1 || score > (rules === 1 ? low : high));
  }
}

const weights = train([...corpus, ...drawn], WEIGHTS);
const unit = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0) / 127;
const quantised = Buffer.from(Int8Array.from(weights, (weight) => Math.round(weight / unit)).buffer);
writeFileSync(
  FILE,
  `// Written by \`npm run train:stops\`; a test fails when it is not of what stands in the corpus.

/** SHA-256 of all that they are made of. */
export const MADE_OF = '${madeOf()}';

/** What a weight of 1 stands for. */
export const UNIT = ${unit};

/** A byte a weight, signed, in base64. */
export const QUANTISED =
  '${quantised.toString('base64')}';
`,
);
console.log(FILE);
