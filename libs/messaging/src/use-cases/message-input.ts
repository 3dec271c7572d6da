import { idempotencyKey } from '@assent/platform';
import { readLanguage } from '@assent/templates';
import { z } from 'zod';
import { WhenLimited } from '../domain/message.js';
import { isMessageText } from '../domain/text.js';
import { mediaSchema } from './media-input.js';
import type { Wording } from './write-drafts.js';

const LANGUAGE_RULE = 'must be a language (BCP 47), such as de, pt-BR or zh-Hant';

const TEMPLATE_RULE = 'must be the name of a template';

const templateSchema = z.object({
  // Whether there is such a one is for a gate to say; with a zero byte it could not even be asked for.
  name: z
    .string()
    .max(512, TEMPLATE_RULE)
    .refine((name) => !name.includes('\0'), TEMPLATE_RULE),
  language: z
    .string()
    .max(100, LANGUAGE_RULE)
    .transform((tag) => readLanguage(tag))
    .refine((language) => language !== undefined, LANGUAGE_RULE)
    .nullish(),
  // Whether values fit is for the template to say: it refuses the message, and not all that come with it.
  parameters: z
    .array(
      z.object({
        name: z.string().max(40, 'must be the name of a parameter'),
        value: z.string().max(5_000, 'must have at most 5,000 characters'),
      }),
    )
    .max(40, 'must be at most 20')
    .default([]),
});

const VALIDITY_RULE = 'must be a whole number of seconds from 30 to 2,592,000';
const draftFields = {
  contact: z.string().max(60, 'must be the id of a contact'),
  template: templateSchema.nullish(),
  text: z.string().refine(isMessageText, 'must have 1 to 4,096 characters of well-formed Unicode').nullish(),
  media: mediaSchema.nullish(),
  inReplyTo: z.string().max(60, 'must be the id of a message').nullish(),
  whenLimited: z.enum(WhenLimited, 'must be DEFER or REFUSE').default('DEFER'),
  // How far ahead is for the database's clock to say.
  sendAt: z.date('must be a time').nullish(),
  validForSeconds: z
    .int(VALIDITY_RULE)
    .min(30, VALIDITY_RULE)
    .max(30 * 24 * 3_600, VALIDITY_RULE)
    .nullish(),
};
const EITHER = 'must have either a template, or a text, media or both';
const saysSomething = ({
  template,
  text,
  media,
}: {
  template?: object | null;
  text?: string | null;
  media?: object | null;
}) => Boolean(template) !== (typeof text === 'string' || Boolean(media));

/** What a message is asked for with, whether it is to be sent or only looked at. */
export const draftSchema = z.object(draftFields).refine(saysSomething, EITHER);

export const messageSchema = z.object({ ...draftFields, idempotencyKey }).refine(saysSomething, EITHER);

export const batchSchema = z.object({
  messages: z
    .array(messageSchema)
    .min(1, 'must hold 1 to 1,000 messages')
    .max(1_000, 'must hold 1 to 1,000 messages'),
});

export type MessageInput = z.output<typeof messageSchema>;

/** What the message is to say. */
export function wordingOf({ template, text, media }: z.output<typeof draftSchema>): Wording {
  return template
    ? { template: template.name, language: template.language ?? null, parameters: template.parameters }
    : { text: text ?? '', ...(media ? { media } : {}) };
}

/** When the message is to go, and for how long it is worth showing; nothing where nothing is said. */
export function timesOf({ sendAt, validForSeconds }: z.output<typeof draftSchema>): {
  sendAt?: Date;
  validForMs?: number;
} {
  return {
    ...(sendAt ? { sendAt } : {}),
    ...(typeof validForSeconds === 'number' ? { validForMs: validForSeconds * 1_000 } : {}),
  };
}
