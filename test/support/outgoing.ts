import { type Forbidden, leaksIn } from './leaks.js';

const found = new Set<string>();

/** Looks at what left a platform for somebody else: a webhook, a trace. */
export function lookAt(where: string, text: string, mayHold: readonly Forbidden[] = []): void {
  for (const leak of leaksIn(where, text, mayHold)) found.add(leak);
}

/** What was seen since this was asked for the last time, in this file of tests, and should not have been there. */
export function leaksSeen(): string[] {
  const all = [...found].sort();
  found.clear();
  return all;
}
