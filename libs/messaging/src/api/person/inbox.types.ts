import { Field, GraphQLISODateTime, ID, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { connectionType } from '@assent/platform';
import { MessagePurpose, MessageStatus, Receipt, type ReceivedMessage } from '../../domain/message.js';

registerEnumType(Receipt, {
  name: 'Receipt',
  description: 'What a device says of a message. READ includes DELIVERED.',
  valuesMap: {
    DELIVERED: { description: 'The device has it.' },
    READ: { description: 'The person has opened it.' },
  },
});

/** A message as the person it is for sees it. */
@ObjectType({ description: 'A message to you.' })
export class InboxMessage {
  @Field(() => ID, { description: 'Opaque id, `msg_…`.' })
  id!: string;

  @Field(() => String, { description: 'Its place in your inbox. Give it as `after` to go on behind it.' })
  cursor!: string;

  @Field(() => MessagePurpose, { description: 'What it is for; you can stop this purpose by itself.' })
  purpose!: MessagePurpose;

  @Field(() => MessageStatus)
  status!: MessageStatus;

  @Field(() => GraphQLISODateTime, { description: 'When it became visible to you.' })
  receivedAt!: Date;

  @Field(() => GraphQLISODateTime, { nullable: true })
  deliveredAt!: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  readAt!: Date | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The message of yours, or of theirs, that it answers; null: none.',
  })
  inReplyTo!: string | null;

  /** What the fields that are opened or loaded only when asked for are made of. */
  stored!: ReceivedMessage;
}

/** A page of the inbox. */
@ObjectType({ description: 'A page of your inbox, newest first.' })
export class InboxMessageConnection extends connectionType(InboxMessage, 'InboxMessageConnection') {}

/** Input of acknowledge. */
@InputType()
export class AcknowledgeInput {
  @Field(() => [ID], { description: 'Ids of 1 to 500 messages of your inbox.' })
  messages!: string[];

  @Field(() => Receipt)
  receipt!: Receipt;
}

/** Answer of acknowledge. */
@ObjectType()
export class AcknowledgePayload {
  @Field(() => [ID], { description: 'Those whose status moved; the others were there already.' })
  acknowledged!: string[];
}
