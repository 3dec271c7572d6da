import { find, parsePattern, type Pattern, type Places, type Step, type WordStep } from './pattern.js';
import type { LanguageRules, Rules } from './rules/language-rules.js';

/** A pattern with the name of its rule. */
export interface Rule {
  name: string;
  pattern: Pattern;
  /** Without one of these there is no match. */
  needed: readonly WordStep[];
}

/** The rules of a language, with an index of the words that they are made of. */
export class RuleSet {
  readonly phrases: readonly Rule[];
  readonly never: readonly Rule[];
  readonly certain: readonly Rule[];
  readonly shields: readonly Rule[];
  readonly stops: readonly Rule[];
  private readonly steps = new Map<string, WordStep>();
  private readonly byWord = new Map<string, WordStep[]>();
  private readonly byMeaning = new Map<string, WordStep[]>();

  constructor({ phrases, never, certain, shields, stops }: LanguageRules) {
    this.phrases = this.compile(phrases);
    this.never = this.compile(never);
    this.certain = this.compile(certain);
    this.shields = this.compile(shields, { overCommas: false });
    this.stops = this.compile(stops);
  }

  /** Every word that a rule names. */
  get words(): Iterable<string> {
    return this.byWord.keys();
  }

  /** The steps that a word, or a meaning, is one of. */
  stepsOfWord = (word: string): readonly WordStep[] => this.byWord.get(word) ?? [];
  stepsOfMeaning = (meaning: string): readonly WordStep[] => this.byMeaning.get(meaning) ?? [];

  private compile(rules: Rules, options?: { overCommas: boolean }): Rule[] {
    return Object.entries(rules).flatMap(([name, sources]) =>
      sources.map((source) => {
        const { steps, about } = parsePattern(source, options);
        const shared = steps.map((step) => (step.kind === 'WORD' ? this.shared(step) : step));
        return { name, pattern: { steps: shared, about }, needed: shared.filter(isNeeded) };
      }),
    );
  }

  /** Equal steps are one object, so that a message looks each of them up once. */
  private shared(step: WordStep): WordStep {
    const key = [step.optional, ...step.words, ...step.meanings].join('|');
    const known = this.steps.get(key);
    if (known) return known;
    this.steps.set(key, step);
    for (const word of step.words) this.byWord.set(word, [...this.stepsOfWord(word), step]);
    for (const meaning of step.meanings) this.byMeaning.set(meaning, [...this.stepsOfMeaning(meaning), step]);
    return step;
  }
}

const isNeeded = (step: Step): step is WordStep => step.kind === 'WORD' && !step.optional;

/** Where a rule matches. */
export function search({ pattern, needed }: Rule, places: Places): bigint {
  return needed.every((step) => places.of(step) !== 0n) ? find(pattern, places) : 0n;
}
