import type { Language } from './recognised.js';
import { RuleSet } from './rule-set.js';
import { DE } from './rules/de.js';
import { EN } from './rules/en.js';
import { ES } from './rules/es.js';
import { FR } from './rules/fr.js';
import { MIXED } from './rules/mixed.js';
import { PT } from './rules/pt.js';

/** By language. */
export const RULES: Record<Language, RuleSet> = {
  de: new RuleSet(DE),
  en: new RuleSet(EN),
  es: new RuleSet(ES),
  fr: new RuleSet(FR),
  pt: new RuleSet(PT),
};

/** For sentences in several languages. */
export const MIXED_RULES = new RuleSet(MIXED);
