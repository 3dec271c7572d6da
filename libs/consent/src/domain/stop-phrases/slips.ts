/** From this many letters on, a word with one slip is still recognised: shorter words have too many neighbours. */
const SHORTEST = 6;

/**
 * Words that are found through one slip as well: a letter too few, too many, wrong, or elsewhere. Two words are a slip apart
 * when they are alike after at most one letter is taken out of each, so a look-up costs the length of the word and no more.
 */
export class Slips {
  private readonly listed = new Map<string, string>();

  constructor(words: Iterable<string>) {
    for (const word of words) {
      if (word.length < SHORTEST) continue;
      for (const rest of withoutOne(word)) if (!this.listed.has(rest)) this.listed.set(rest, word);
    }
  }

  /** The listed word that was meant, if there is one. */
  nearest(word: string): string | undefined {
    if (word.length < SHORTEST - 1 || word.length > 40) return undefined;
    for (const rest of withoutOne(word)) {
      const meant = this.listed.get(rest);
      // A first letter is seldom wrong, and tells most of the words apart that are a slip from each other by chance.
      if (meant?.[0] === word[0]) return meant;
    }
    return undefined;
  }
}

function* withoutOne(word: string): Generator<string> {
  yield word;
  for (let at = 0; at < word.length; at += 1) yield word.slice(0, at) + word.slice(at + 1);
}
