import { CLITICS, INFLECTIONS } from './inflect.js';
import { spellings } from './pattern.js';
import { type Language, LANGUAGES } from './recognised.js';
import { RULES } from './rule-sets.js';
import { Slips } from './slips.js';
import { DE } from './words/de.js';
import { EN } from './words/en.js';
import { ES } from './words/es.js';
import { FR } from './words/fr.js';
import { LOOK_ALIKES, NEVER_CORRECTED_TO } from './words/look-alikes.js';
import { PT } from './words/pt.js';
import type { Words } from './words/words.js';

/** What a word means in a language. */
export interface Meaning {
  language: Language;
  name: string;
}

/** By squeezed word, stem or end. */
type Entries = Map<string, Meaning[]>;

const WORDS: Record<Language, Words> = { de: DE, en: EN, es: ES, fr: FR, pt: PT };
const WHOLE: Entries = new Map();
/** Verbs that pronouns grow on. */
const VERBS: Entries = new Map();
const STEMS: Entries = new Map();
const ENDS: Entries = new Map();

for (const language of LANGUAGES) {
  for (const [name, list] of Object.entries(WORDS[language])) {
    for (const entry of list.split(/\s+/).filter(Boolean)) add(entry, { language, name });
  }
  // Whoever uses the words of a language's rules is likely to write in it.
  for (const word of RULES[language].words) add(word, { language, name: 'LANGUAGE' });
}

function add(entry: string, { language, name }: Meaning): void {
  const put = (into: Entries, word: string, meaning: string) => {
    for (const spelling of spellings(word)) {
      const meanings = into.get(spelling) ?? [];
      into.set(spelling, meanings);
      if (!meanings.some((each) => each.language === language && each.name === meaning)) {
        meanings.push({ language, name: meaning });
      }
    }
  };
  const [stem = '', inflection] = entry.split('/');
  if (inflection !== undefined) {
    const forms = INFLECTIONS[inflection]?.(stem);
    if (!forms) throw new Error(`No such verb: ${entry}`);
    for (const into of language === 'es' || language === 'pt' ? [WHOLE, VERBS] : [WHOLE]) {
      for (const word of forms.asking) put(into, word, name);
      for (const word of forms.infinitive) put(into, word, `TO_${name}`);
      for (const word of forms.going) put(into, word, `${name}_ING`);
    }
    for (const word of forms.stating) put(WHOLE, word, `${name}_S`);
    for (const word of forms.told) put(WHOLE, word, `${name}_ED`);
  } else if (entry.endsWith('*') && entry.length > 3) put(STEMS, entry.slice(0, -1), name);
  else if (entry.startsWith('*')) put(ENDS, entry.slice(1), name);
  else put(WHOLE, entry, name);
}

/** From how many letters on a word with a slip is taken for one of a meaning: short words have too many neighbours. */
const LETTERS: Record<string, number> = { MSG: 6, AD: 6, UNSUB: 6, REMOVE: 6, LANGUAGE: 8 };
const UNCORRECTED = new Set(NEVER_CORRECTED_TO.split(/\s+/));
const isCorrectable = (word: string, meanings: Meaning[]) =>
  /^\p{L}+$/u.test(word) &&
  meanings.some(({ name }) => !UNCORRECTED.has(name) && word.length >= (LETTERS[name] ?? 7));
const LISTED = new Slips(
  [...WHOLE].flatMap(([word, meanings]) => (isCorrectable(word, meanings) ? [word] : [])),
);
const OTHERS = new Set(LOOK_ALIKES.split(/\s+/).flatMap(spellings));
const LONGEST_WORD = 40;

/** The squeezed word that was meant: the one that was written where it is known, else the listed one that is a slip away. */
export function meant(word: string): string {
  if (known(word).length > 0 || OTHERS.has(word)) return word;
  const nearest = LISTED.nearest(word);
  if (nearest !== undefined) return nearest;
  for (const [verb, clitic] of takenApart(word)) {
    const meantVerb = LISTED.nearest(verb);
    if (VERBS.has(meantVerb ?? '')) return `${meantVerb}${clitic}`;
  }
  return word;
}

/** What a squeezed word means: as it stands, or by its stem, or, where that says nothing, by its end. */
export function meaningsOf(word: string): readonly Meaning[] {
  const found = known(word);
  if (word.length > LONGEST_WORD) return found;
  for (let at = 2; at <= word.length - 3; at += 1) found.push(...(ENDS.get(word.slice(at)) ?? []));
  const other = found.filter(({ name }) => name !== 'GERUND');
  return other.some(({ name }) => name !== 'LANGUAGE') ? other : found;
}

function known(word: string): Meaning[] {
  const found = [...(WHOLE.get(word) ?? [])];
  if (found.length === 0) for (const [verb] of takenApart(word)) found.push(...(VERBS.get(verb) ?? []));
  const longest = Math.min(word.length, LONGEST_WORD);
  for (let at = 3; at <= longest; at += 1) found.push(...(STEMS.get(word.slice(0, at)) ?? []));
  return found;
}

/** A word as a verb and the pronouns on it, in all ways. */
function takenApart(word: string): [verb: string, clitic: string][] {
  return CLITICS.filter((clitic) => word.length > clitic.length + 3 && word.endsWith(clitic)).map(
    (clitic) => [word.slice(0, -clitic.length), clitic],
  );
}
