import { compileText } from '../../libs/templates/src/domain/message-format.js';
import type { Parameter, ParameterType } from '../../libs/templates/src/domain/parameters.js';
import { render } from '../../libs/templates/src/domain/render.js';

const EXAMPLES: Record<ParameterType, string> = {
  TEXT: 'x',
  NUMBER: '1',
  DATE: '2026-11-28',
  MONEY: '1.00 EUR',
  URL: 'https://example.com/',
};
/** A parameter. */
export const parameter = (
  name: string,
  type: ParameterType = 'TEXT',
  domain: string | null = null,
): Parameter => ({
  name,
  type,
  domain,
  example: EXAMPLES[type],
});

/** A compiled body; it must compile. */
export function compiled(body: string, language: string, parameters: readonly Parameter[]) {
  const text = compileText(body, language, parameters);
  if ('rule' in text) throw new Error(text.rule);
  return text;
}
/** What rendering answers. */
export function rendered(
  body: string,
  values: Record<string, string>,
  parameters: readonly Parameter[],
  language = 'en',
) {
  const written = Object.entries(values).map(([name, value]) => ({ name, value }));
  return render(compiled(body, language, parameters), parameters, written);
}
/** The text that comes out; it must. */
export function text(...args: Parameters<typeof rendered>): string {
  const outcome = rendered(...args);
  if ('problems' in outcome) throw new Error(JSON.stringify(outcome.problems));
  return outcome.text;
}
/** What is wrong with values. */
export const rulesOf = (...args: Parameters<typeof rendered>) => {
  const outcome = rendered(...args);
  return 'problems' in outcome ? outcome.problems : [];
};
