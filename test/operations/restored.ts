/** What senders and people wrote down themselves while a platform was backed up, and what of it a restored one has. */

/** Something that was asked for: what names it, when it was asked for, and when it was answered, if it was. */
export interface Note {
  name: string;
  /** Milliseconds of the machine's clock, on which the database runs too. */
  begun: number;
  answered?: number;
}

/** What a restored platform shows of it: each name as often as it is there. */
export type Shown = readonly string[];

/**
 * What does not hold of a restore up to a moment: everything answered before it must be there, once, and nothing that
 * was begun later. What was under way then may be there or not.
 */
export function faultsIn(notes: readonly Note[], shown: Shown, until = Infinity): string[] {
  const times = new Map<string, number>();
  for (const name of shown) times.set(name, (times.get(name) ?? 0) + 1);
  const known = new Set(notes.map(({ name }) => name));
  return [
    ...notes.flatMap(({ name, begun, answered }) => {
      const count = times.get(name) ?? 0;
      if (count > 1) return `There ${count} times: ${name}`;
      if (count === 0 && answered !== undefined && answered < until) return `Lost: ${name}`;
      return count === 1 && begun > until ? `Begun later: ${name}` : [];
    }),
    ...[...times.keys()].filter((name) => !known.has(name)).map((name) => `Nobody asked for: ${name}`),
  ];
}
