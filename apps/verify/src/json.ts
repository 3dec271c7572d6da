import { Failure } from './failure.js';

/** An object of JSON. */
export type Fields = Record<string, unknown>;

/** The text of a value in the canonical form of RFC 8785, for the values that occur here: no fractions. */
export function canonical(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new Failure('it holds a number that is not a whole one');
    return String(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const object = value as Fields;
  // The default order of sort() is that of UTF-16 code units, which RFC 8785 asks for.
  const names = Object.keys(object).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(object[name])}`).join(',')}}`;
}

/** An object with exactly these names, in any order. @throws Failure */
export function exactly(value: unknown, what: string, names: readonly string[]): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Failure(`${what} is not an object`);
  const found = Object.keys(value);
  const missing = names.find((name) => !found.includes(name));
  const extra = found.find((name) => !names.includes(name));
  if (missing !== undefined) throw new Failure(`${what} lacks "${missing}"`);
  if (extra !== undefined) throw new Failure(`${what} has "${extra}", which does not belong there`);
  return value as Fields;
}

/** A text. @throws Failure */
export function text(value: unknown, what: string): string {
  if (typeof value !== 'string') throw new Failure(`${what} is not a text`);
  return value;
}

/** A list of texts. @throws Failure */
export function texts(value: unknown, what: string): string[] {
  if (!Array.isArray(value)) throw new Failure(`${what} is not a list`);
  return value.map((item) => text(item, what));
}

/** A whole number from `least` on. @throws Failure */
export function whole(value: unknown, what: string, least: number): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < least) {
    throw new Failure(`${what} is not a whole number from ${least} on`);
  }
  return value;
}

/** Parses JSON in which no name stands twice: readers would disagree about which one counts. @throws Failure */
export function parse(source: string, what: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch {
    throw new Failure(`${what} is not JSON`);
  }
  const tokens = source.match(/"(?:[^"\\]|\\.)*"\s*:?/g) ?? [];
  const names = tokens.filter((token) => token.endsWith(':')).length;
  if (names !== namesIn(value)) throw new Failure(`${what} has a name twice in one object`);
  return value;
}

function namesIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const inside = Object.values(value).reduce<number>((sum, field) => sum + namesIn(field), 0);
  return inside + (Array.isArray(value) ? 0 : Object.keys(value).length);
}
