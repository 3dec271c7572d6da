import { FILLERS, KEYWORDS, MISTYPED, NO_KEYWORDS } from './keywords.js';
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

/** What undoes a stop is never guessed: only stops are found through a slip. */
const STOPS = new Slips([...LISTED].filter(([, { action }]) => action === 'STOP').map(([word]) => word));
const OTHERS = new Set(words(NO_KEYWORDS).map(squeeze));
const FILLER = new Set(words(FILLERS).map(squeeze));

/** More words than a keyword, its spelling in single letters and politeness around it take. */
const MOST_WORDS = 24;

/** Recognises a message whose words, squeezed, are a keyword and fillers; several keywords are a stop if one of them is. */
export function keywordOf(message: readonly string[]): Recognised | undefined {
  if (message.length > MOST_WORDS) return undefined;
  const core = message.filter((word) => !FILLER.has(word) && !/^\p{N}+$/u.test(word));
  const found = lookUp(message.join('')) ?? lookUp(core.join('')) ?? strongest(core.map(lookUp));
  return (
    found && {
      kind: 'KEYWORD',
      action: found.action,
      language: found.language,
      rule: `keyword-${found.word}`,
    }
  );
}

function lookUp(word: string): Keyword | undefined {
  const listed = LISTED.get(word);
  if (listed || OTHERS.has(word)) return listed;
  return LISTED.get(STOPS.nearest(word) ?? '');
}

function strongest(found: readonly (Keyword | undefined)[]): Keyword | undefined {
  if (!found.every((keyword) => keyword !== undefined)) return undefined;
  return found.find(({ action }) => action === 'STOP') ?? found[0];
}
