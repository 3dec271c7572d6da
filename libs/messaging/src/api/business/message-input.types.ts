import { Field, GraphQLISODateTime, ID, InputType, Int } from '@nestjs/graphql';
import { TemplateValueInput } from '@assent/templates';
import { WhenLimited } from '../../domain/message.js';
import { MessageMediaInput } from '../media-input.types.js';

/** A template, and what is filled in. */
@InputType({ description: 'One of your templates, and what is filled in.' })
export class MessageTemplateInput {
  @Field(() => String, { description: 'Its name. The newest approved version is what is sent.' })
  name!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'BCP 47; sent in what it falls back to: `pt-BR`, `pt`, the default language of the template. Null: the default language.',
  })
  language?: string | null;

  @Field(() => [TemplateValueInput], {
    defaultValue: [],
    description: 'One for each parameter of the template.',
  })
  parameters!: TemplateValueInput[];
}

/** Input of sendMessage, and each of sendMessages. */
@InputType()
export class SendMessageInput {
  @Field(() => ID, { description: 'Id of one of your contacts, `ctc_…`.' })
  contact!: string;

  @Field(() => MessageTemplateInput, {
    nullable: true,
    description:
      'What it says, by one of your templates, which also says what it is for. Either this, or `text`, `media` or both.',
  })
  template?: MessageTemplateInput | null;

  @Field(() => String, {
    nullable: true,
    description:
      'What the person reads, in free words: 1 to 4,096 characters. A SERVICE message, and only while the service window of the contact is open. Stored encrypted.',
  })
  text?: string | null;

  @Field(() => MessageMediaInput, {
    nullable: true,
    description:
      'A file that goes with it, with or without `text`; one file with any number of messages. Where a text would be taken.',
  })
  media?: MessageMediaInput | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'A message of the same conversation, from either side, that it answers, `msg_…`; the person sees which. Null: none.',
  })
  inReplyTo?: string | null;

  @Field(() => WhenLimited, { defaultValue: WhenLimited.DEFER })
  whenLimited!: WhenLimited;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description:
      'When it is to become visible (UTC), 5 minutes to 35 days ahead. It is decided again then, by every gate, and spends your limits then. Until then `cancelMessage` takes it back. Null: at once.',
  })
  sendAt?: Date | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'For how many seconds it is worth showing, from now or from `sendAt` on: 30 to 900 for AUTHENTICATION, 30 to 43,200 for SERVICE, 43,200 to 2,592,000 for MARKETING. Not visible by then it ends EXPIRED. Null: what the operator configured, by default 600 for AUTHENTICATION, and 2,592,000 for the others.',
  })
  validForSeconds?: number | null;

  @Field(() => String, {
    description:
      'Your own key for this message, 1 to 255 characters, kept for 7 days. A request with the same key and the same message is answered as the first one was and does nothing more; with another message it is a conflict. After a refusal use a new key to try again.',
  })
  idempotencyKey!: string;
}

/** Input of sendMessages. */
@InputType()
export class SendMessagesInput {
  @Field(() => [SendMessageInput], { description: '1 to 1,000 messages, decided in this order.' })
  messages!: SendMessageInput[];
}
