import { BadInputError } from '@assent/platform';
import { z } from 'zod';
import { readContent } from '../domain/content.js';
import { ParameterType } from '../domain/parameters.js';
import { MessagePurpose, type TemplateContent } from '../domain/template.js';

const NAME_RULE = 'must be 1 to 512 small letters (a–z), digits, _, . or -, and begin with a letter or digit';
/** What no one could have meant to write; the exact rules are those of `readContent`. */
const anyText = (most: number) => z.string().max(most, `must have at most ${most} characters`);

export const nameSchema = z.string().regex(/^[a-z0-9][a-z0-9_.-]{0,511}$/, NAME_RULE);

const contentSchema = z.object({
  defaultLanguage: anyText(100),
  texts: z.array(z.object({ language: anyText(100), body: anyText(10_000) })).max(100, 'must be 1 to 20'),
  parameters: z
    .array(
      z.object({
        name: anyText(100),
        type: z.enum(ParameterType, `must be one of ${Object.keys(ParameterType).join(', ')}`),
        domain: anyText(300).nullish(),
        example: anyText(5_000),
      }),
    )
    .max(100, 'must be at most 20'),
});

export const createSchema = contentSchema.extend({ name: nameSchema, purpose: z.enum(MessagePurpose) });
export const editSchema = contentSchema.extend({ id: z.string().max(60, 'must be the id of a template') });

const WORDS_RULE = 'must have 1 to 1,000 characters, none of them a control character';

/** A sentence or two that one side writes for the other. */
export const wordsSchema = z
  .string()
  .trim()
  .min(1, WORDS_RULE)
  .max(1_000, WORDS_RULE)
  .refine((text) => !/(?!\n)\p{Cc}/u.test(text) && text.isWellFormed(), WORDS_RULE);

/** Content in its canonical form. @throws BadInputError naming everything that is wrong with it */
export function contentOf(written: z.output<typeof contentSchema>): TemplateContent {
  const content = readContent(written);
  if (!('faults' in content)) return content;
  throw new BadInputError(content.faults.map(({ at, rule }) => ({ field: `input.${at}`, rule })));
}
