import { Injectable } from '@nestjs/common';
import { type BusinessViewer } from '@assent/accounts';
import { BadInputError, parseInput } from '@assent/platform';
import { z } from 'zod';
import { chooseLanguage, readLanguage } from '../domain/language.js';
import { compileText } from '../domain/message-format.js';
import { render, type RenderProblem } from '../domain/render.js';
import { newestOf, type TemplateVersion } from '../domain/template.js';
import { notFound, type NotFound } from './change-template.js';
import { ReadTemplates } from './read-templates.js';

const schema = z.object({
  id: z.string().max(60),
  version: z.int().nullish(),
  language: z.string().max(100).nullish(),
  parameters: z
    .array(
      z.object({ name: z.string().max(40, 'must be the name of a parameter'), value: z.string().max(5_000) }),
    )
    .max(40, 'must be at most 20')
    .nullish(),
});

/** What a person would read, or why they could not. */
export type Preview = { version: number; language: string } & (
  { text: string } | { problems: RenderProblem[] }
);

/** Renders a version as sending would: by its examples, or by what is given. */
@Injectable()
export class PreviewTemplate {
  constructor(private readonly templates: ReadTemplates) {}

  /** @throws BadInputError */
  async execute(viewer: BusinessViewer, input: z.input<typeof schema>): Promise<Preview | NotFound> {
    const { id, version: nr, language: asked, parameters } = parseInput(schema, input);
    const template = await this.templates.one(viewer, { id });
    if (!template) return notFound();
    const version = nr ? template.versions.find((one) => one.nr === nr) : newestOf(template);
    if (!version) {
      throw new BadInputError([
        { field: 'input.version', rule: 'must be one of the versions of the template' },
      ]);
    }
    const language = asked ? readLanguage(asked) : version.defaultLanguage;
    if (!language) {
      throw new BadInputError([
        { field: 'input.language', rule: 'must be a language (BCP 47), such as pt-BR' },
      ]);
    }
    return previewOf(version, language, parameters ?? undefined);
  }
}

/** A version in a language or what it falls back to. */
export function previewOf(
  version: TemplateVersion,
  asked: string,
  given = version.parameters.map(({ name, example }) => ({ name, value: example })),
): Preview {
  const bodies = new Map(version.texts.map(({ language, body }) => [language, body]));
  const language = chooseLanguage(asked, new Set(bodies.keys()), version.defaultLanguage);
  const compiled = compileText(bodies.get(language) ?? '', language, version.parameters);
  if ('rule' in compiled) throw new Error('A stored body compiles: it did when it was taken');
  return { version: version.nr, language, ...render(compiled, version.parameters, given) };
}
