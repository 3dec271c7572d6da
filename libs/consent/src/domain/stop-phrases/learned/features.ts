import type { Word } from '../message.js';
import type { Reading } from '../reading.js';

/**
 * Features share this many weights, found by hash: two that share one blur each other a little, and a new word needs no list.
 * https://arxiv.org/abs/0902.2206
 */
export const WEIGHTS = 1 << 17;

/** Runs of this many letters, of words with their edges; longer words are read up to here. */
const [SHORTEST_RUN, LONGEST_RUN, LONGEST_WORD] = [2, 6, 40];
/** Runs over the borders of words tell how they end and begin: endings, particles, words that somebody writes as one. */
const [SHORTEST_CROSSING, LONGEST_CROSSING] = [4, 7];
const BORDER = '_';
const LONGEST_WORD_GRAM = 3;
/** Runs of meanings say more than words do, and repeat: they may be longer. */
const LONGEST_MEANING_GRAM = 4;

/** FNV-1a. */
const SEED = 0x811c9dc5;
const mixed = (hash: number, code: number) => Math.imul(hash ^ code, 0x01000193) >>> 0;
const joined = (one: number, other: number) => mixed(mixed(mixed(one, other & 0xffff), other >>> 16), 0x2f);

const hashOf = (text: string) => {
  let hash = SEED;
  for (let at = 0; at < text.length; at += 1) hash = mixed(hash, text.charCodeAt(at));
  return hash;
};

/** What a feature tells, so that the same letters as a word and as a part of one are two features. */
const KINDS = {
  word: hashOf('word'),
  skip: hashOf('skip'),
  letters: hashOf('letters'),
  crossing: hashOf('cross'),
  meaning: hashOf('meaning'),
  meanings: hashOf('meanings'),
  ofLanguage: hashOf('meanings of a language'),
  pair: hashOf('pair'),
  whole: hashOf('whole'),
};
const [BEGIN, END, OTHER] = [hashOf('^'), hashOf('$'), hashOf('_')];

/**
 * What a message is recognised by where rules fall short: its words, runs of up to three of them, their letters, and the
 * meanings that the word lists give them, whatever the rules say. At most some 40 for each character, none of them dearer
 * than a few operations; `onStep` is called for each.
 */
export function featuresOf(
  words: readonly Word[],
  { language, meanings }: Reading,
  onStep: () => void = () => undefined,
): Uint32Array {
  const found = new Set<number>();
  const add = (kind: number, hash: number) => {
    onStep();
    found.add(spread(joined(kind, hash)) % WEIGHTS);
  };
  const [texts, classes] = [[BEGIN], [BEGIN]];
  const inSentence = new Set<number>();
  let sentences = 0;
  for (const [at, { text, last }] of words.entries()) {
    const known = meanings[at] ?? [];
    const own = [...new Set(known.filter((each) => each.language === language).map(({ name }) => name))]
      .filter((name) => name !== 'LANGUAGE' && name !== 'FILL')
      .sort();
    for (const { name } of known) if (name !== 'LANGUAGE') add(KINDS.meaning, hashOf(name));
    for (const name of own.map(hashOf)) {
      if (inSentence.has(name)) continue;
      for (const before of inSentence) add(KINDS.pair, joined(before, name));
      inSentence.add(name);
    }
    const hash = hashOf(text);
    texts.push(hash);
    const speaks = known.some(({ name }) => name === 'LANGUAGE') || !/^\p{L}/u.test(text);
    classes.push(own.length > 0 ? hashOf(own.join('+')) : speaks ? hash : OTHER);
    for (const run of lettersOf(text)) add(KINDS.letters, run);
    if (!last) continue;
    sentences += 1;
    inSentence.clear();
    const edges = at < words.length - 1 ? [END, BEGIN] : [END];
    texts.push(...edges);
    classes.push(...edges);
  }
  for (const gram of gramsOf(texts, LONGEST_WORD_GRAM)) add(KINDS.word, gram);
  for (const gram of gramsOf(classes, LONGEST_MEANING_GRAM)) {
    add(KINDS.meanings, gram);
    add(KINDS.ofLanguage, joined(hashOf(language), gram));
  }
  for (const skip of skipsOf(texts)) add(KINDS.skip, skip);
  for (const run of crossingsOf(words)) add(KINDS.crossing, run);
  const length = Math.min(8, 31 - Math.clz32(words.length + 1));
  for (const fact of [language, 'any', `words ${length}`, `sentences ${Math.min(sentences, 4)}`]) {
    add(KINDS.whole, hashOf(fact));
  }
  return Uint32Array.from(found);
}

/** Every run of up to so many. */
function* gramsOf(hashes: readonly number[], longest: number): Generator<number> {
  for (let from = 0; from < hashes.length; from += 1) {
    let gram = SEED;
    for (const hash of hashes.slice(from, from + longest)) yield (gram = joined(gram, hash));
  }
}

/** Each two with one or two between them. */
function* skipsOf(hashes: readonly number[]): Generator<number> {
  for (const [at, hash] of hashes.entries()) {
    for (const gap of [2, 3]) {
      const other = hashes[at + gap];
      if (other !== undefined) yield joined(joined(hash, gap), other);
    }
  }
}

function* lettersOf(word: string): Generator<number> {
  if (/\p{N}/u.test(word)) return;
  const letters = `<${word.slice(0, LONGEST_WORD)}>`;
  for (let from = 0; from < letters.length; from += 1) {
    let run = SEED;
    for (let length = 1; length <= LONGEST_RUN && from + length <= letters.length; length += 1) {
      run = mixed(run, letters.charCodeAt(from + length - 1));
      if (length >= SHORTEST_RUN) yield run;
    }
  }
}

/** Runs of letters that have a border of words between their ends. */
function* crossingsOf(words: readonly Word[]): Generator<number> {
  const letters = `${BORDER}${words.map(({ text }) => text).join(BORDER)}${BORDER}`;
  for (let from = 0; from < letters.length; from += 1) {
    let [run, crosses] = [SEED, false];
    for (let length = 1; length <= LONGEST_CROSSING && from + length <= letters.length; length += 1) {
      run = mixed(run, letters.charCodeAt(from + length - 1));
      crosses ||= length > 2 && letters[from + length - 2] === BORDER;
      if (crosses && length >= SHORTEST_CROSSING) yield run;
    }
  }
}

/** Spreads a hash over all of its bits. https://github.com/skeeto/hash-prospector */
function spread(hash: number): number {
  let bits = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  bits = Math.imul(bits ^ (bits >>> 12), 0x297a2d39);
  return (bits ^ (bits >>> 15)) >>> 0;
}
