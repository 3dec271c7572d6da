import type { Places, WordStep } from './pattern.js';
import type { RuleSet } from './rule-set.js';
import type { WordSets } from './word-sets.js';

/** A message as the rules of one language see it, with what its words mean in that language. */
export class View {
  readonly places: Places;
  private readonly meanings = new Map<string, bigint>();
  private readonly found = new Map<WordStep, bigint>();
  private shielded = 0n;

  constructor(
    readonly rules: RuleSet,
    words: WordSets,
    meanings: WordSets,
    outline: WordSets,
  ) {
    for (const [word, at] of words) this.mark(rules.stepsOfWord(word), at);
    for (const [meaning, at] of meanings) this.means(meaning, at);
    this.places = {
      of: (step) => (this.found.get(step) ?? 0n) & ~this.shielded,
      all: outline.get('all'),
      commas: outline.get('commas'),
      ends: outline.get('ends'),
      opening: outline.get('opening'),
      closing: outline.get('closing'),
    };
  }

  /** Gives words a meaning, in addition to those that they have. */
  means(meaning: string, at: bigint): void {
    this.meanings.set(meaning, this.where(meaning) | at);
    this.mark(this.rules.stepsOfMeaning(meaning), at);
  }

  /** The words with a meaning. */
  where(meaning: string): bigint {
    return this.meanings.get(meaning) ?? 0n;
  }

  /** From here on these words count for nothing. */
  shield(at: bigint): void {
    this.shielded |= at;
  }

  private mark(steps: readonly WordStep[], at: bigint): void {
    for (const step of steps) this.found.set(step, (this.found.get(step) ?? 0n) | at);
  }
}
