import {
  Field,
  GraphQLISODateTime,
  ID,
  InputType,
  InterfaceType,
  ObjectType,
  registerEnumType,
} from '@nestjs/graphql';
import { Consent } from '@assent/consent';
import { connectionType, Refusal, resultUnion } from '@assent/platform';
import { type ConversationMessage, MessagePurpose, MessageStatus } from '../../domain/message.js';
import { Understood } from '../../domain/words.js';
import { MessageMediaInput } from '../media-input.types.js';

registerEnumType(Understood, {
  name: 'UnderstoodWords',
  description:
    'What your words to a business ask for, in German, English, Spanish, French or Portuguese. It is done before anything else, and whether or not the message is stored.',
  valuesMap: {
    STOP: { description: 'A keyword alone: everything of this business is stopped.' },
    START: { description: 'A keyword alone: your stop of this business is lifted. It opts in to nothing.' },
    HELP: { description: 'A keyword alone: see help.' },
    STOP_REQUEST: {
      description:
        'A sentence that asks to stop: MARKETING of this business is stopped. How far it was meant to go is yours to say.',
    },
  },
});

/** A message of a conversation as the person sees it. */
@ObjectType('ConversationMessage', {
  description: 'A message of your conversation with a business, from either side.',
})
export class ConversationEntry {
  @Field(() => ID, { description: 'Opaque id, `msg_…`; the same as in your inbox.' })
  id!: string;

  @Field(() => Boolean, { description: 'True: you wrote it. False: the business did.' })
  fromYou!: boolean;

  @Field(() => MessagePurpose, {
    nullable: true,
    description: 'What a message to you is for; null for what you wrote.',
  })
  purpose!: MessagePurpose | null;

  @Field(() => MessageStatus, {
    description: 'What you wrote is DELIVERED at once, and READ when somebody of the business has opened it.',
  })
  status!: MessageStatus;

  @Field(() => GraphQLISODateTime, { description: 'When you wrote it, or when it became visible to you.' })
  at!: Date;

  @Field(() => GraphQLISODateTime, { nullable: true })
  deliveredAt!: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  readAt!: Date | null;

  @Field(() => ID, { nullable: true, description: 'The message that it answers; null: none.' })
  inReplyTo!: string | null;

  /** What the text is opened from only when asked for. */
  stored!: ConversationMessage;
}

/** A page of a conversation. */
@ObjectType({ description: 'A page of a conversation, newest first.' })
export class ConversationConnection extends connectionType(ConversationEntry, 'ConversationConnection') {}

/** Input of writeToBusiness. */
@InputType()
export class WriteToBusinessInput {
  @Field(() => ID, { description: 'The business, `biz_…`.' })
  business!: string;

  @Field(() => String, {
    nullable: true,
    description: 'What you write: 1 to 4,096 characters. Stored encrypted. Null only beside `media`.',
  })
  text?: string | null;

  @Field(() => MessageMediaInput, {
    nullable: true,
    description: 'A file of yours that goes with it, with or without `text`. A file goes with one message.',
  })
  media?: MessageMediaInput | null;

  @Field(() => ID, {
    nullable: true,
    description: 'A message of your conversation with this business that yours answers, `msg_…`; null: none.',
  })
  inReplyTo?: string | null;

  @Field(() => String, {
    description:
      'Your app’s own key for this message, 1 to 255 characters, kept for 7 days. A request with the same key, business, text and media is answered as the first one was and does nothing more; with another it is a conflict. After a refusal use a new key to try again.',
  })
  idempotencyKey!: string;
}

/** What was understood of a message, whether it was stored or not. */
@InterfaceType({ description: 'What your words to a business were understood as, and what that did.' })
export abstract class HeedsWords {
  @Field(() => Understood, { nullable: true, description: 'Null: they ask for nothing of this kind.' })
  understood!: Understood | null;

  @Field(() => Consent, {
    nullable: true,
    description: 'Your last word in the scope that this is about, as it stands now; null: there is none.',
  })
  consent!: Consent | null;

  @Field(() => String, {
    nullable: true,
    description: 'After HELP: who the business is and how to stop it, in the language of the keyword.',
  })
  help!: string | null;
}

/** A message of a person was taken. */
@ObjectType({
  implements: () => [HeedsWords],
  description: 'The message is stored, and the business has it.',
})
export class WriteToBusinessPayload extends HeedsWords {
  @Field(() => ID, { description: 'Id of the message, `msg_…`, as in `conversation`.' })
  id!: string;

  @Field(() => GraphQLISODateTime)
  writtenAt!: Date;

  @Field(() => Boolean, {
    description: 'True: this key was used before, this is the answer of then, and nothing was written now.',
  })
  replayed!: boolean;

  constructor(fields: WriteToBusinessPayload) {
    super();
    Object.assign(this, fields);
  }
}

/** A message of a person was not taken. */
@ObjectType({
  implements: () => [Refusal, HeedsWords],
  description:
    'The message was not stored; what it asks for was done all the same. `BUSINESS_NOT_VERIFIED`: it never wrote to you and is not verified. `BLOCKED_BY_BUSINESS`: it takes no messages from you. `REPLY_UNKNOWN`: what it is to answer is not in this conversation. `MEDIA_UNKNOWN`: what is to go with it is no file that you can send. `WRITE_LIMIT`: too many in a short time, see retryAt. `IDEMPOTENCY_CONFLICT`: the key was used for another message.',
})
export class MessageNotWritten extends Refusal implements HeedsWords {
  understood!: Understood | null;
  consent!: Consent | null;
  help!: string | null;

  @Field(() => Boolean, { description: 'True: this key was used before, and this is the answer of then.' })
  replayed!: boolean;

  constructor(fields: MessageNotWritten) {
    super();
    Object.assign(this, fields);
  }
}

export const WriteToBusinessResult = resultUnion('WriteToBusinessResult', [
  WriteToBusinessPayload,
  MessageNotWritten,
]);
