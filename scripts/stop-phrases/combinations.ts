import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Phrase } from './phrases.ts';
import { randomOf } from './random.ts';

const LANGUAGES = ['de', 'en', 'es', 'fr', 'pt'];
const LABELS: Record<string, string> = { S: 'STOP_ALL', M: 'STOP_MARKETING', N: 'NONE' };
/** So many are drawn of each pattern. */
const EACH = 40;

/**
 * Wish times verb times object: phrases of patterns, drawn by a seed. `= NAME a|b` lists what NAME stands for; `S`, `M` and `N`
 * begin the patterns of stops, of stops of advertising and of what is none; `{a|b}` is one of these.
 */
export function combinations(): Phrase[] {
  const random = randomOf(7);
  return LANGUAGES.flatMap((language) => {
    const file = join(import.meta.dirname, 'combinations', `${language}.txt`);
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    const lists = new Map<string, string[]>();
    const phrases = new Map<string, Phrase>();
    const oneOf = (list: string[]) => list[Math.floor(random() * list.length)] ?? '';
    const drawn = (pattern: string) =>
      pattern
        .replace(/\{([^{}]*)\}/g, (_, list: string) => oneOf(list.split('|')))
        .replace(/\b[A-Z]{2,}\b/g, (name) => (lists.has(name) ? oneOf(lists.get(name) ?? []) : name))
        .replace(/\s+/g, ' ')
        .replace(/ (?=[!?.,'])/g, '')
        .trim();
    for (const line of lines) {
      const [kind = '', ...rest] = line.split(' ');
      if (kind === '=') lists.set(rest[0] ?? '', rest.slice(1).join(' ').split('|'));
      else {
        for (let n = 0; n < EACH; n += 1) {
          const text = drawn(rest.join(' '));
          phrases.set(text, { language, label: LABELS[kind] ?? '', text });
        }
      }
    }
    return [...phrases.values()];
  });
}
