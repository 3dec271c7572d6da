import { Field, GraphQLISODateTime, Int, ObjectType } from '@nestjs/graphql';
import { connectionType } from '@assent/platform';
import { MessagePurpose, MessageStatus } from '../../domain/message.js';

@ObjectType({ description: 'How many messages of one purpose came to one status.' })
export class MessageCount {
  @Field(() => MessagePurpose)
  purpose!: MessagePurpose;

  @Field(() => MessageStatus)
  status!: MessageStatus;

  @Field(() => Int)
  count!: number;
}

@ObjectType({ description: 'What a business sent you, of the newest 1,000 messages between you.' })
export class BusinessMessages {
  @Field(() => [MessageCount], {
    description:
      'By purpose and status. SUPPRESSED ones never became visible: you had stopped them, or a rule forbade it. What ' +
      'the business tried and was refused at once is not kept.',
  })
  counts!: MessageCount[];

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'When one of them last became visible to you (UTC); null: none did.',
  })
  lastMessageAt!: Date | null;

  @Field(() => Boolean, { description: 'There are older messages than those that were counted.' })
  more!: boolean;
}

/** A business that a person has to do with. */
@ObjectType({
  description:
    'A business that has you as a contact: it had your number and matched it, or you wrote to it. It knows you by a ' +
    'pseudonym that is its own, and never learns your number here.',
})
export class BusinessOfYours {
  @Field(() => GraphQLISODateTime, { description: 'Since when it has you as a contact (UTC).' })
  since!: Date;

  /** What the fields that are loaded only when asked for need. */
  businessId!: string;
  contactId!: string;
}

/** A page of businesses. */
@ObjectType({ description: 'A page of the businesses that have you as a contact, newest contact first.' })
export class BusinessOfYoursConnection extends connectionType(BusinessOfYours, 'BusinessOfYoursConnection') {}
