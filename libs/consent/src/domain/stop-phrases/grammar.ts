import { MIXED_RULES, type NamedPattern, RULES } from './compiled.js';
import { find, type Places } from './pattern.js';
import type { Reading } from './reading.js';

/** A rule that matched, and at which words. */
export interface Match {
  rule: string;
  at: bigint;
}

/**
 * Applies to a message the rules of each language that it may be in, and those for mixtures: first what is certain, then,
 * without the words that any language shields, all the others.
 */
export function stopsIn({ spoken, mixed }: Reading): Match[] {
  const views = [
    ...spoken.map(({ language, places }) => ({ places, rules: RULES[language] })),
    { places: mixed, rules: MIXED_RULES },
  ];
  for (const { places, rules } of views) {
    for (const { name, pattern } of rules.phrases) {
      const at = find(pattern, places);
      if (at) for (const { meanings } of [places, mixed]) meanings.set(name, (meanings.get(name) ?? 0n) | at);
    }
  }
  const certain = views.flatMap(({ places, rules }) => matches(rules.certain, places));
  const shielded = views
    .flatMap(({ places, rules }) => matches(rules.shields, places))
    .reduce((all, { at }) => all | at, 0n);
  return [...certain, ...views.flatMap(({ places, rules }) => matches(rules.stops, { ...places, shielded }))];
}

function matches(rules: readonly NamedPattern[], places: Places): Match[] {
  return rules.flatMap(({ name, pattern }) => {
    const at = find(pattern, places);
    return at ? [{ rule: name, at }] : [];
  });
}
