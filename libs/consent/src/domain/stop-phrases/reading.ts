import { meaningsOf, meant } from './lexicon.js';
import type { Places } from './pattern.js';
import { type Language, LANGUAGES } from './recognised.js';
import type { Word } from './message.js';

/** A message as rules see it. */
export interface Reading {
  /** With what words mean in any language. */
  mixed: Places;
  /** With what words mean in one language, for each language that the message may be in, the likeliest first. */
  spoken: { language: Language; places: Places }[];
  /** One set of places for each sentence. */
  sentences: bigint[];
}

/** A language counts from this share of the likeliest one's words: people mix two. */
const SHARE = 0.4;

/** Looks the words of a message up. */
export function read(words: readonly Word[]): Reading {
  const texts = new Map<string, bigint>();
  const mixed = new Map<string, bigint>();
  const spoken = new Map(
    LANGUAGES.map((language) => [language, { meanings: new Map<string, bigint>(), weight: 0 }]),
  );
  const sentences: bigint[] = [];
  let [ends, opening, closing, sentence, place] = [0n, 0n, 0n, 0n, 1n];
  let [open, tail] = [true, 0n];
  for (const { text: written, capital, last } of words) {
    const text = meant(written);
    mark(texts, text, place);
    const meanings = meaningsOf(text);
    if (capital) for (const { meanings: named } of spoken.values()) mark(named, 'NAME', place);
    const fills = text === ',' || meanings.some(({ name }) => name === 'FILL');
    if (open) opening |= place;
    open &&= fills;
    tail = fills ? tail | place : place;
    const languages = new Set(meanings.map(({ language }) => language));
    for (const { language, name } of meanings) {
      mark(mixed, name, place);
      const view = spoken.get(language);
      if (view) mark(view.meanings, name, place);
    }
    for (const language of languages) {
      const view = spoken.get(language);
      if (view) view.weight += 1 / languages.size;
    }
    sentence |= place;
    if (last) {
      ends |= place;
      closing |= tail;
      [open, tail] = [true, 0n];
      sentences.push(sentence);
      sentence = 0n;
    }
    place <<= 1n;
  }
  const all = place - 1n;
  const placesOf = (meanings: Map<string, bigint>): Places => ({
    words: texts,
    meanings,
    all,
    ends,
    opening,
    closing,
    shielded: 0n,
  });
  const views = [...spoken].sort(([, one], [, other]) => other.weight - one.weight);
  const least = (views[0]?.[1].weight ?? 0) * SHARE;
  return {
    mixed: placesOf(mixed),
    spoken: views
      .filter(([, { weight }]) => weight >= least)
      .map(([language, { meanings }]) => ({ language, places: placesOf(meanings) })),
    sentences,
  };
}

function mark(places: Map<string, bigint>, name: string, place: bigint): void {
  places.set(name, (places.get(name) ?? 0n) | place);
}
