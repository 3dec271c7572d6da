/** Patterns by name. */
export type Rules = Readonly<Record<string, readonly string[]>>;

/** How stops are worded in one language. */
export interface LanguageRules {
  /** Several words with one meaning, NAME; a later one may build on those before it. */
  phrases: Rules;
  /** What makes the sentence that it stands in no stop, whatever else is said there. */
  never: Rules;
  /** Stops that no shield takes back, by the names of rules; a name is recorded, and so never changes. */
  certain: Rules;
  /** What looks like a stop and is none: the word that the pattern is about counts for no stop below. */
  shields: Rules;
  /** All other stops. */
  stops: Rules;
}
