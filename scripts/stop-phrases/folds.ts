/** Two phrases are alike from this share of common words on. */
const ALIKE = 0.75;
/** A word of more phrases than these tells none of them apart. */
const COMMON = 1_500;

/** Puts phrases that are alike into one fold, so that none is judged by what was learned from its double. */
export function foldsOf(phrases: readonly (readonly string[])[], folds: number): number[] {
  const parents = phrases.map((_, at) => at);
  const rootOf = (at: number): number => {
    const parent = parents[at] ?? at;
    return parent === at ? at : (parents[at] = rootOf(parent));
  };
  const having = new Map<string, number[]>();
  for (const [at, words] of phrases.entries()) {
    const common = new Map<number, number>();
    for (const word of words) {
      const others = having.get(word) ?? [];
      if (others.length < COMMON) for (const other of others) common.set(other, (common.get(other) ?? 0) + 1);
      having.set(word, [...others, at]);
    }
    for (const [other, shared] of common) {
      const all = words.length + (phrases[other]?.length ?? 0) - shared;
      if (shared / all >= ALIKE) parents[rootOf(at)] = rootOf(other);
    }
  }
  return phrases.map((_, at) => (Math.imul(rootOf(at) + 1, 0x9e3779b1) >>> 16) % folds);
}
