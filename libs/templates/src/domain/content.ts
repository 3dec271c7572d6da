import { hasAtMost, hasHidden } from './clean-text.js';
import { readLanguage } from './language.js';
import { type CompiledText, compileText } from './message-format.js';
import { isParameterName, type Parameter, type ParameterType, readDomain, readValue } from './parameters.js';
import { render } from './render.js';
import type { TemplateContent } from './template.js';

/** Most characters (Unicode code points) of a body. */
export const MOST_BODY = 1_024;
export const MOST_LANGUAGES = 20;
export const MOST_PARAMETERS = 20;

/** Content as it was written. */
export interface WrittenContent {
  defaultLanguage: string;
  texts: readonly { language: string; body: string }[];
  parameters: readonly { name: string; type: ParameterType; domain?: string | null; example: string }[];
}

/** One thing that is wrong with content, where it is. */
export interface ContentFault {
  /** Path within the content, e.g. `texts[1].body`. */
  at: string;
  rule: string;
}

/**
 * Content in its canonical form, or everything that is wrong with it. What comes out can be rendered in each of its
 * languages, and is so with its own examples.
 */
export function readContent(written: WrittenContent): TemplateContent | { faults: ContentFault[] } {
  const faults: ContentFault[] = [];
  const parameters = readParameters(written.parameters, faults);
  const texts = readTexts(written.texts, faults);
  const defaultLanguage = readLanguage(written.defaultLanguage) ?? '';
  if (!texts.some(({ language }) => language === defaultLanguage)) {
    faults.push({ at: 'defaultLanguage', rule: 'must be the language of one of the texts' });
  }
  if (faults.length > 0) return { faults };

  const shown = new Set<string>();
  texts.forEach(({ language, body }, at) => {
    const compiled = compileText(body, language, parameters);
    if ('rule' in compiled) {
      faults.push({ at: `texts[${at}].body`, rule: compiled.rule });
      return;
    }
    for (const name of compiled.names) shown.add(name);
    faults.push(...faultsWithExamples(compiled, parameters, at));
  });
  if (faults.length > 0) return { faults };
  parameters.forEach(({ name }, at) => {
    if (!shown.has(name))
      faults.push({ at: `parameters[${at}].name`, rule: 'must stand in one of the texts' });
  });
  return faults.length > 0 ? { faults } : { defaultLanguage, texts, parameters };
}

function readParameters(written: WrittenContent['parameters'], faults: ContentFault[]): Parameter[] {
  if (written.length > MOST_PARAMETERS) {
    faults.push({ at: 'parameters', rule: `must be at most ${MOST_PARAMETERS}` });
    return [];
  }
  const names = new Set<string>();
  return written.map(({ name, type, domain: writtenDomain, example }, at) => {
    const fault = (field: string, rule: string) => faults.push({ at: `parameters[${at}].${field}`, rule });
    if (!isParameterName(name)) {
      fault('name', 'must be 1 to 40 letters (a–z, A–Z), digits or _, and begin with a small letter');
    } else if (names.has(name)) fault('name', 'must be declared once');
    names.add(name);

    const domain = type === 'URL' ? readDomain(writtenDomain ?? '') : null;
    if (domain === undefined) fault('domain', 'must be the domain that the URL is on, such as example.com');
    if (type !== 'URL' && writtenDomain) fault('domain', 'must be left out: only URLs have one');
    const parameter = { name, type, domain: domain ?? null, example };
    const value = domain === undefined ? undefined : readValue(parameter, example);
    if (value && 'rule' in value) fault('example', value.rule);
    return parameter;
  });
}

function readTexts(written: WrittenContent['texts'], faults: ContentFault[]): TemplateContent['texts'] {
  if (written.length < 1 || written.length > MOST_LANGUAGES) {
    faults.push({ at: 'texts', rule: `must be 1 to ${MOST_LANGUAGES}` });
    return [];
  }
  const languages = new Set<string>();
  return written.map(({ language: tag, body: writtenBody }, at) => {
    const fault = (field: string, rule: string) => faults.push({ at: `texts[${at}].${field}`, rule });
    const language = readLanguage(tag) ?? '';
    if (!language) fault('language', 'must be a language (BCP 47), such as de, pt-BR or zh-Hant');
    else if (languages.has(language)) fault('language', 'must have one text');
    languages.add(language);

    const body = writtenBody.replace(/\r\n?/g, '\n').normalize('NFC').trim();
    if (body.length === 0 || !hasAtMost(body, MOST_BODY)) {
      fault('body', `must have 1 to ${MOST_BODY} characters`);
    } else if (hasHidden(body)) {
      fault('body', 'must have no control, invisible or direction-changing characters');
    }
    return { language, body };
  });
}

function faultsWithExamples(
  compiled: CompiledText,
  parameters: readonly Parameter[],
  at: number,
): ContentFault[] {
  const examples = parameters.map(({ name, example }) => ({ name, value: example }));
  const rendered = render(compiled, parameters, examples);
  if ('text' in rendered) {
    return rendered.text.trim()
      ? []
      : [{ at: `texts[${at}].body`, rule: 'must say something with the examples' }];
  }
  return rendered.problems.map((problem) =>
    problem.kind === 'TOO_LONG'
      ? { at: `texts[${at}].body`, rule: 'must make a text of at most 4096 characters with the examples' }
      : {
          at: `parameters[${parameters.findIndex(({ name }) => name === problem.parameter)}].example`,
          rule: problem.rule,
        },
  );
}
