/**
 * Words that are found through one slip as well: a letter too few, too many, wrong, or changed with its neighbour. Two such
 * words are alike after at most one letter is taken out of each, so a look-up costs the square of a word's length, however
 * many are listed.
 */
export class Slips {
  private readonly listed = new Map<string, string[]>();
  private readonly longest: number = 0;

  constructor(words: Iterable<string>) {
    for (const word of words) {
      this.longest = Math.max(this.longest, word.length);
      for (const rest of withoutOne(word)) {
        const others = this.listed.get(rest);
        if (others) others.push(word);
        else this.listed.set(rest, [word]);
      }
    }
  }

  /** The listed word that was meant, if there is one; the first letter is seldom wrong, and has to be right. */
  nearest(word: string): string | undefined {
    if (word.length > this.longest + 1) return undefined;
    for (const rest of withoutOne(word)) {
      const meant = this.listed.get(rest)?.find((each) => each[0] === word[0] && isOneSlipApart(each, word));
      if (meant !== undefined) return meant;
    }
    return undefined;
  }
}

function withoutOne(word: string): Set<string> {
  const rests = new Set([word]);
  for (let at = 0; at < word.length; at += 1) rests.add(word.slice(0, at) + word.slice(at + 1));
  return rests;
}

function isOneSlipApart(one: string, other: string): boolean {
  let from = 0;
  while (from < one.length && one[from] === other[from]) from += 1;
  const [restOfOne, restOfOther] = [one.slice(from), other.slice(from)];
  return (
    restOfOne.slice(1) === restOfOther ||
    restOfOne === restOfOther.slice(1) ||
    restOfOne.slice(1) === restOfOther.slice(1) ||
    (restOfOne.slice(2) === restOfOther.slice(2) &&
      restOfOne[0] === restOfOther[1] &&
      restOfOne[1] === restOfOther[0])
  );
}
