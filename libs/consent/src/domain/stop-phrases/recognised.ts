/** The languages whose stops are recognised. */
export const LANGUAGES = ['en', 'de', 'es', 'fr', 'pt'] as const;

export type Language = (typeof LANGUAGES)[number];

/** What a message that consists of nothing but a keyword asks for. */
export type KeywordAction = 'STOP' | 'START' | 'HELP';

/**
 * What a stop in free words covers, by the words alone: MARKETING where they speak of advertising, offers or newsletters
 * only, EVERYTHING otherwise.
 */
export type StopScope = 'EVERYTHING' | 'MARKETING';

/** A keyword, and the rule, in kebab-case, that knows it. */
export interface Keyword {
  kind: 'KEYWORD';
  action: KeywordAction;
  language: Language;
  rule: string;
}

/** A stop in free words, by the name of a rule, or by what was learned: rule `learned`, with the score that it had. */
export interface FreeText {
  kind: 'FREE_TEXT';
  scope: StopScope;
  language: Language;
  rule: string;
  score?: number;
}

/** What was recognised in a person's message, and by which rule; a rule keeps its name for ever, in kebab-case. */
export type Recognised = Keyword | FreeText;
