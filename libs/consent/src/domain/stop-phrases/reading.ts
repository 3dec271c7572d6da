import { type Meaning, meaningsOf, meant } from './lexicon.js';
import type { Word } from './message.js';
import { type Language, LANGUAGES } from './recognised.js';
import { MIXED_RULES, RULES } from './rule-sets.js';
import { View } from './view.js';
import { WordSets } from './word-sets.js';

/** A message as rules see it. */
export interface Reading {
  /** The language that most of its words are of. */
  language: Language;
  /** As the rules of each language see it that it may be in, and last as those for mixtures do. */
  views: readonly View[];
  /** What each of its words means, in all languages. */
  meanings: readonly (readonly Meaning[])[];
}

/** A language counts from this share of the likeliest one's words: people mix two. */
const SHARE = 0.4;

/** Looks the words of a message up. */
export function read(words: readonly Word[]): Reading {
  const sets = () => new WordSets(words.length);
  const [texts, mixed] = [sets(), sets()];
  const spoken = LANGUAGES.map((language) => ({ language, meanings: sets(), weight: 0 }));
  const fillers: boolean[] = [];
  const looked: (readonly Meaning[])[] = [];
  const known = new Map<string, { text: string; found: readonly Meaning[] }>();
  for (const [at, { text: written, capital }] of words.entries()) {
    const { text, found } = known.get(written) ?? lookUp(written);
    known.set(written, { text, found });
    texts.add(text, at);
    looked.push(found);
    fillers.push(text === ',' || text === '?' || found.some(({ name }) => name === 'FILL'));
    for (const { name } of found) mixed.add(name, at);
    const languages = new Set(found.map(({ language }) => language));
    for (const each of spoken) {
      for (const { language, name } of found) if (language === each.language) each.meanings.add(name, at);
      if (languages.has(each.language)) each.weight += 1 / languages.size;
      if (capital) each.meanings.add('NAME', at);
      if (text === '?') each.meanings.add('ASKED', at);
      if (found.length === 0) each.meanings.add('UNKNOWN', at);
    }
  }
  spoken.sort((one, other) => other.weight - one.weight);
  const least = Math.max(...spoken.map(({ weight }) => weight)) * SHARE;
  const outline = outlineOf(words, fillers);
  return {
    language: spoken[0]?.language ?? 'en',
    meanings: looked,
    views: [
      ...spoken
        .filter(({ weight }) => weight >= least)
        .map(({ language, meanings }) => new View(RULES[language], texts, meanings, outline)),
      new View(MIXED_RULES, texts, mixed, outline),
    ],
  };
}

function lookUp(written: string): { text: string; found: readonly Meaning[] } {
  const text = meant(written);
  return { text, found: meaningsOf(text) };
}

/** Where sentences end, and which words have nothing but fillers before them or behind them. */
function outlineOf(words: readonly Word[], fillers: readonly boolean[]): WordSets {
  const outline = new WordSets(words.length);
  let [opening, tail] = [true, 0];
  for (const [at, { text, last }] of words.entries()) {
    outline.add('all', at);
    if (text === ',') outline.add('commas', at);
    if (opening) outline.add('opening', at);
    if (!fillers[at]) [opening, tail] = [false, at];
    if (!last) continue;
    outline.add('ends', at);
    for (let each = tail; each <= at; each += 1) outline.add('closing', each);
    [opening, tail] = [true, at + 1];
  }
  return outline;
}
