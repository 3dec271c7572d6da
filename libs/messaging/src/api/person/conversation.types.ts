import { Field, GraphQLISODateTime, ID, InputType, ObjectType } from '@nestjs/graphql';
import { connectionType, Refusal, resultUnion } from '@assent/platform';
import { type ConversationMessage, MessagePurpose, MessageStatus } from '../../domain/message.js';

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

  @Field(() => String, { description: 'What you write: 1 to 4,096 characters. Stored encrypted.' })
  text!: string;

  @Field(() => String, {
    description:
      'Your app’s own key for this message, 1 to 255 characters, kept for 7 days. A request with the same key, business and text is answered as the first one was and does nothing more; with another it is a conflict. After a refusal use a new key to try again.',
  })
  idempotencyKey!: string;
}

/** A message of a person was taken. */
@ObjectType({ description: 'The message is stored, and the business has it.' })
export class WriteToBusinessPayload {
  @Field(() => ID, { description: 'Id of the message, `msg_…`, as in `conversation`.' })
  id!: string;

  @Field(() => GraphQLISODateTime)
  writtenAt!: Date;

  @Field(() => Boolean, {
    description: 'True: this key was used before, this is the answer of then, and nothing was written now.',
  })
  replayed!: boolean;

  constructor(fields: WriteToBusinessPayload) {
    Object.assign(this, fields);
  }
}

/** A message of a person was not taken. */
@ObjectType({
  implements: () => [Refusal],
  description:
    'The message was not stored. `BUSINESS_NOT_VERIFIED`: it never wrote to you and is not verified. `WRITE_LIMIT`: too many in a short time, see retryAt. `IDEMPOTENCY_CONFLICT`: the key was used for another message.',
})
export class MessageNotWritten extends Refusal {
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
