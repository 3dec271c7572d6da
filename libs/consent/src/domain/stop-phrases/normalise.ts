/** Letters of other scripts that look like ours, and letters that Unicode does not take apart. */
const LOOKALIKE: Record<string, string> = {
  а: 'a', в: 'b', е: 'e', к: 'k', м: 'm', н: 'h', о: 'o', р: 'p', с: 'c', т: 't', у: 'y', х: 'x', і: 'i', ѕ: 's', ј: 'j',
  α: 'a', β: 'b', ε: 'e', ι: 'i', κ: 'k', ν: 'v', ο: 'o', ρ: 'p', τ: 't', υ: 'u', χ: 'x',
  ß: 'ss', œ: 'oe', æ: 'ae', ø: 'o', ł: 'l', ı: 'i', đ: 'd',
}; // prettier-ignore

/**
 * One spelling of the same writing: compatibility forms (full-width, mathematical, ligatures) and look-alike letters become
 * plain ones; case, accents and invisible characters go. Everything else, line breaks too, stays in its place.
 */
export function normalise(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\p{M}\p{Cf}\p{Cs}]/gu, '')
    .replace(/[Ͱ-ϿЀ-ӿøæœßłıđ]/gu, (letter) => LOOKALIKE[letter] ?? letter)
    .replace(/(?<=\p{L})0(?=\p{L})/gu, 'o')
    .replace(/[’‘`´ʼ′]/gu, "'");
}

/** A word as it is compared: a letter that is written twice or more counts once, in the lists and in messages alike. */
export function squeeze(word: string): string {
  return word.replace(/([^\d*])\1+/g, '$1');
}
