import { hasAtMost, lengthOf } from './clean-text.js';
import type { CompiledText } from './message-format.js';
import { type Parameter, readValue, type Value, type WrittenValue } from './parameters.js';

/** Most characters (Unicode code points) of a text that a person is to read. */
export const MOST_RENDERED = 4_096;

/** What is wrong with values: of one parameter, or with all of them together. */
export type RenderProblem =
  { kind: 'PARAMETER'; parameter: string; rule: string } | { kind: 'TOO_LONG'; length: number };

/** A rendered text, or every problem with the values. */
export type Rendered = { text: string } | { problems: RenderProblem[] };

/**
 * Renders a compiled text with values as they were written: the same text from the same values, on a server, in an SDK
 * and on a device. Every parameter of the version wants exactly one value, also where this language does not show it.
 */
export function render(
  compiled: CompiledText,
  parameters: readonly Parameter[],
  written: readonly WrittenValue[],
): Rendered {
  const problems: RenderProblem[] = [];
  const values = new Map<string, Value>();
  const given = new Map(written.map(({ name, value }) => [name, value]));
  for (const parameter of parameters) {
    const { name } = parameter;
    const text = given.get(name);
    const value = text === undefined ? { rule: 'must be given' } : readValue(parameter, text);
    if ('rule' in value) problems.push({ kind: 'PARAMETER', parameter: name, rule: value.rule });
    else if (value.type === 'DATE' && !value.timed && compiled.timed.has(name)) {
      const rule = 'must have a time of day, such as 2026-11-28T14:30: the text shows it';
      problems.push({ kind: 'PARAMETER', parameter: name, rule });
    } else values.set(name, value);
  }
  // As many different ones as there are parameters, and all of those among them: nothing is left to be said against them.
  const exact = given.size === written.length && given.size === parameters.length && problems.length === 0;
  if (!exact) problems.push(...misgiven(parameters, written));
  if (problems.length > 0) return { problems };
  const text = compiled.write(values);
  return hasAtMost(text, MOST_RENDERED)
    ? { text }
    : { problems: [{ kind: 'TOO_LONG', length: lengthOf(text) }] };
}

function misgiven(parameters: readonly Parameter[], written: readonly WrittenValue[]): RenderProblem[] {
  const declared = new Set(parameters.map(({ name }) => name));
  const seen = new Set<string>();
  return written.flatMap(({ name }): RenderProblem[] => {
    const again = seen.has(name);
    seen.add(name);
    if (!declared.has(name))
      return [{ kind: 'PARAMETER', parameter: name, rule: 'is not a parameter of this template' }];
    return again ? [{ kind: 'PARAMETER', parameter: name, rule: 'must be given once' }] : [];
  });
}
