import { parsePattern, type Pattern } from './pattern.js';
import type { Language } from './recognised.js';
import { DE } from './rules/de.js';
import { EN } from './rules/en.js';
import { ES } from './rules/es.js';
import { FR } from './rules/fr.js';
import type { LanguageRules, Rules } from './rules/language-rules.js';
import { MIXED } from './rules/mixed.js';
import { PT } from './rules/pt.js';

/** A pattern, with the name of its rule. */
export interface NamedPattern {
  name: string;
  pattern: Pattern;
}

/** The rules of a language, ready to be searched for. */
export type Compiled = Record<keyof LanguageRules, readonly NamedPattern[]>;

const compiled = (rules: Rules, overCommas = true): NamedPattern[] =>
  Object.entries(rules).flatMap(([name, patterns]) =>
    patterns.map((pattern) => ({ name, pattern: parsePattern(pattern, { overCommas }) })),
  );
const compiledOf = ({ phrases, certain, shields, stops }: LanguageRules): Compiled => ({
  phrases: compiled(phrases),
  certain: compiled(certain),
  shields: compiled(shields, false),
  stops: compiled(stops),
});

/** By language. */
export const RULES: Record<Language, Compiled> = {
  de: compiledOf(DE),
  en: compiledOf(EN),
  es: compiledOf(ES),
  fr: compiledOf(FR),
  pt: compiledOf(PT),
};

/** For sentences in several languages. */
export const MIXED_RULES: Compiled = compiledOf(MIXED);
