import { Injectable } from '@nestjs/common';
import { BusinessProfiles } from '@assent/accounts';
import type { PersonViewer } from '@assent/people';
import { BadInputError, Handles, idempotencyKey, parseInput, parsePublicId } from '@assent/platform';
import { z } from 'zod';
import { helpText } from '../domain/help-text.js';
import { isMessageText } from '../domain/text.js';
import { mediaSchema } from './media-input.js';
import { ReceiveMessage, type Received } from './receive-message.js';

const BUSINESS_RULE = 'must be the id of a business';

const schema = z
  .object({
    business: z
      .string()
      .transform((text) => parsePublicId('biz', text))
      .refine((id) => id !== undefined, BUSINESS_RULE),
    text: z
      .string()
      .refine(isMessageText, 'must have 1 to 4,096 characters of well-formed Unicode')
      .nullish(),
    media: mediaSchema.nullish(),
    inReplyTo: z.string().max(60, 'must be the id of a message').nullish(),
    idempotencyKey,
  })
  .refine(({ text, media }) => typeof text === 'string' || Boolean(media), 'must have a text, media or both');

/** What became of what a person wrote in their app. */
export interface Written extends Received {
  /** The answer to HELP; null: it was not asked for. */
  help: string | null;
}

/** A person writes to a business in their app. */
@Injectable()
export class WriteToBusiness {
  constructor(
    private readonly profiles: BusinessProfiles,
    private readonly receive: ReceiveMessage,
    private readonly handles: Handles,
  ) {}

  /** @throws BadInputError where the input breaks a rule, or there is no such business */
  async execute(viewer: PersonViewer, input: z.input<typeof schema>): Promise<Written> {
    const { business, text, inReplyTo, ...writing } = parseInput(schema, input);
    const profile = business && (await this.profiles.byIds([business])).get(business);
    if (!business || !profile) throw new BadInputError([{ field: 'input.business', rule: BUSINESS_RULE }]);
    const replyTo = inReplyTo
      ? { messageId: this.handles.open(`person:${viewer.personId}`, 'msg', inReplyTo) }
      : null;
    const received = await this.receive.execute(viewer, {
      businessId: business,
      text: text ?? '',
      replyTo,
      ...writing,
    });
    const { understood } = received;
    const asksForHelp = understood?.kind === 'KEYWORD' && understood.action === 'HELP';
    return { ...received, help: asksForHelp ? helpText(understood.language, profile) : null };
  }
}
