import type { Places } from './pattern.js';
import type { Reading } from './reading.js';
import { search } from './rule-set.js';
import type { View } from './view.js';

/** A rule that matched, and at which words. */
export interface Match {
  rule: string;
  at: bigint;
}

/**
 * Applies to a message the rules of each language that it may be in, and those for mixtures: first what is certain, then,
 * without the words that any language shields, all the others.
 */
export function stopsIn({ views }: Reading): Match[] {
  const mixed = views.at(-1);
  for (const view of views) {
    for (const rule of view.rules.phrases) {
      const at = search(rule, view.places);
      if (at) for (const each of new Set([view, mixed])) each?.means(rule.name, at);
    }
  }
  const never = views.flatMap((view) => matches(view, 'never')).reduce((all, { at }) => all | at, 0n);
  if (never) for (const view of views) view.shield(sentencesWith(never, view.places));
  const certain = views.flatMap((view) => matches(view, 'certain'));
  const shielded = views.flatMap((view) => matches(view, 'shields')).reduce((all, { at }) => all | at, 0n);
  for (const view of views) view.shield(shielded);
  return [...certain, ...views.flatMap((view) => matches(view, 'stops'))];
}

function matches({ rules, places }: View, kind: 'never' | 'certain' | 'shields' | 'stops'): Match[] {
  return rules[kind].flatMap((rule) => {
    const at = search(rule, places);
    return at ? [{ rule: rule.name, at }] : [];
  });
}

/** The whole sentences that have one of these words. */
function sentencesWith(words: bigint, { all, ends }: Places): bigint {
  let found = words;
  // Doubles its reach with each step, so that a sentence of n words takes log n of them.
  let [onward, back] = [~ends & all, ~(ends << 1n) & all];
  for (let reach = 1n; reach <= BigInt(all.toString(2).length); reach <<= 1n) {
    found |= ((found & onward) << reach) | ((found & back) >> reach);
    onward &= onward >> reach;
    back &= (back << reach) & all;
  }
  return found & all;
}
