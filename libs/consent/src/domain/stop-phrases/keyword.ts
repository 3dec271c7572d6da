import { FILLERS, KEYWORDS, MISTYPED, NO_KEYWORDS } from './keywords.js';
import type { Word } from './message.js';
import { squeeze } from './normalise.js';
import type { KeywordAction, Language, Recognised } from './recognised.js';
import { Slips } from './slips.js';

interface Keyword {
  word: string;
  action: KeywordAction;
  language: Language;
}

const words = (list: string) => list.split(/\s+/).filter(Boolean);

const LISTED = new Map<string, Keyword>();
for (const language of ['en', 'de', 'es', 'fr', 'pt'] as const) {
  for (const action of ['STOP', 'START', 'HELP'] as const) {
    for (const word of words(KEYWORDS[language][action])) {
      if (!LISTED.has(squeeze(word))) LISTED.set(squeeze(word), { word, action, language });
    }
  }
}

for (const [word, slips] of Object.entries(MISTYPED)) {
  const keyword = LISTED.get(word);
  if (keyword) for (const slip of words(slips)) LISTED.set(slip, keyword);
}

/** Shorter keywords have too many neighbours to be found through a slip. */
const SHORTEST = 6;

/** What undoes a stop is never guessed: only stops are found through a slip. */
const STOPS = new Slips(
  [...LISTED]
    .filter(([word, { action }]) => action === 'STOP' && word.length >= SHORTEST)
    .map(([word]) => word),
);
const OTHERS = new Set(words(NO_KEYWORDS).map(squeeze));
const FILLER = new Set(words(FILLERS).map(squeeze));

/** More words than a keyword, its spelling in single letters and politeness around it take. */
const MOST_WORDS = 24;

/**
 * Recognises a message that is a keyword and fillers; several keywords are a stop if one of them is. What undoes a stop stands
 * alone: fillers around START make it a sentence.
 */
export function keywordOf(message: readonly Word[]): Recognised | undefined {
  if (message.length > MOST_WORDS) return undefined;
  const written = message.filter(({ text, picture }) => text !== ',' && text !== '?' && !picture);
  const whole = (written.length > 0 ? written : message).map(({ text }) => text);
  const core = whole.filter((word) => !FILLER.has(word) && !/^\p{N}+$/u.test(word));
  const found = lookUp(whole.join('')) ?? unlessStart(lookUp(core.join('')) ?? strongest(core.map(lookUp)));
  if (!found) return undefined;
  const { action, language, word } = found;
  return { kind: 'KEYWORD', action, language, rule: `keyword-${word}` };
}

const unlessStart = (found: Keyword | undefined) => (found?.action === 'START' ? undefined : found);

function lookUp(word: string): Keyword | undefined {
  const listed = LISTED.get(word);
  if (listed || OTHERS.has(word)) return listed;
  return LISTED.get(STOPS.nearest(word) ?? '');
}

function strongest(found: readonly (Keyword | undefined)[]): Keyword | undefined {
  if (!found.every((keyword) => keyword !== undefined)) return undefined;
  return found.find(({ action }) => action === 'STOP') ?? found[0];
}
