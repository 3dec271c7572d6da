import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { connectionType, Refusal, resultUnion } from '@assent/platform';
import { MessagePurpose } from '../../domain/message.js';

/** A conversation that is parked. */
@ObjectType({
  description:
    'A conversation whose messages could not be dispatched eight times in a row, and wait until an admin lets them go on. Others go on meanwhile, and what is sent to it waits behind. Nothing says whose it is.',
})
export class ParkedConversation {
  @Field(() => ID, { description: '`prk_…`; the log has the error under it, as `errorId`.' })
  id!: string;

  @Field(() => ID, { description: 'The business, `biz_…`.' })
  businessId!: string;

  @Field(() => String)
  businessName!: string;

  @Field(() => MessagePurpose, { description: 'The purpose of what was due first.' })
  purpose!: MessagePurpose;

  @Field(() => String, { description: 'What kind of error it was, such as `TypeError` or `SQLSTATE 23514`.' })
  code!: string;

  @Field(() => Int)
  attempts!: number;

  @Field(() => Date)
  parkedAt!: Date;
}

/** A page of parked conversations. */
@ObjectType({ description: 'A page of parked conversations, the longest parked first.' })
export class ParkedConversationConnection extends connectionType(
  ParkedConversation,
  'ParkedConversationConnection',
) {}

/** Input of retryParked. */
@InputType()
export class RetryParkedInput {
  @Field(() => [ID], { description: 'Ids of 1 to 100 parked conversations, `prk_…`.' })
  ids!: string[];
}

/** A parked conversation goes on. */
@ObjectType({
  description: 'The conversation goes on at once; should it fail as often again, it is parked again.',
})
export class RetriedConversation {
  @Field(() => ID)
  id!: string;

  @Field(() => Boolean, { description: 'True: somebody had let it go on before, and nothing was done now.' })
  wasRetried!: boolean;

  constructor(fields: RetriedConversation) {
    Object.assign(this, fields);
  }
}

/** A parked conversation does not go on. */
@ObjectType({
  implements: () => [Refusal],
  description: '`PARKED_UNKNOWN`: nothing is parked under this id.',
})
export class ConversationNotRetried extends Refusal {
  @Field(() => ID)
  id!: string;

  constructor(fields: ConversationNotRetried) {
    super();
    Object.assign(this, fields);
  }
}

export const RetryParkedResult = resultUnion(
  'RetryParkedResult',
  [RetriedConversation, ConversationNotRetried],
  'What became of one conversation: RetriedConversation, or ConversationNotRetried with reason PARKED_UNKNOWN.',
);

/** Answer of retryParked. */
@ObjectType()
export class RetryParkedPayload {
  @Field(() => [RetryParkedResult], { description: 'One result for each id, in the order of the input.' })
  results!: (RetriedConversation | ConversationNotRetried)[];
}
