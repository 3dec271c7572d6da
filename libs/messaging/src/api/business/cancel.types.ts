import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { Refusal, resultUnion } from '@assent/platform';

/** Input of cancelMessage. */
@InputType()
export class CancelMessageInput {
  @Field(() => ID, { description: 'Id of one of your messages, `msg_…`.' })
  message!: string;
}

/** Input of cancelMessages. */
@InputType()
export class CancelMessagesInput {
  @Field(() => [ID], { description: 'Ids of 1 to 1,000 of your messages, `msg_…`.' })
  messages!: string[];
}

/** A message was taken back. */
@ObjectType({ description: 'The message has ended CANCELLED: nobody sees it.' })
export class CancelledMessage {
  @Field(() => ID)
  id!: string;

  @Field(() => Boolean, { description: 'True: it was taken back before, and nothing was done now.' })
  wasCancelled!: boolean;

  constructor(fields: CancelledMessage) {
    Object.assign(this, fields);
  }
}

/** A message was not taken back. */
@ObjectType({ implements: () => [Refusal], description: 'The message was not taken back.' })
export class MessageNotCancelled extends Refusal {
  @Field(() => ID)
  id!: string;

  constructor(fields: MessageNotCancelled) {
    super();
    Object.assign(this, fields);
  }
}

export const CancelMessageResult = resultUnion(
  'CancelMessageResult',
  [CancelledMessage, MessageNotCancelled],
  'What became of one message: CancelledMessage, or MessageNotCancelled with reasons MESSAGE_UNKNOWN, ALREADY_DISPATCHED or ALREADY_ENDED.',
);

/** Answer of cancelMessages. */
@ObjectType()
export class CancelMessagesPayload {
  @Field(() => [CancelMessageResult], {
    description: 'One result for each message, in the order of the input.',
  })
  results!: (CancelledMessage | MessageNotCancelled)[];
}
