import {
  Field,
  GraphQLISODateTime,
  InputType,
  ObjectType,
  OmitType,
  registerEnumType,
} from '@nestjs/graphql';
import { PreflightOrder } from '../../domain/preflight.js';
import { LimitBudget } from './budget.types.js';
import { SendMessageInput } from './message-input.types.js';
import { Objection, PreflightOutcome } from './objection.types.js';

registerEnumType(PreflightOrder, {
  name: 'PreflightOrder',
  description: 'How several messages are looked at.',
  valuesMap: {
    IN_SEQUENCE: { description: 'As one request would send them: each sees what those before it use up.' },
    EACH_ALONE: { description: 'Each as if it were the only one.' },
  },
});

/** A message to be looked at: what would be sent, without a key. */
@InputType()
export class PreflightMessageInput extends OmitType(SendMessageInput, ['idempotencyKey'] as const) {}

/** Input of preflight. */
@InputType()
export class PreflightInput {
  @Field(() => [PreflightMessageInput], { description: '1 to 1,000 messages, looked at in this order.' })
  messages!: PreflightMessageInput[];

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description:
      'The time (UTC) to look ahead to, at most 35 days: what sending would answer then, if nothing else happened until then. Null, or a time that has passed: now.',
  })
  at?: Date | null;

  @Field(() => PreflightOrder, { defaultValue: PreflightOrder.IN_SEQUENCE })
  order!: PreflightOrder;
}

@ObjectType({ description: 'What sending would answer to one message.' })
export class PreflightDecision {
  @Field(() => PreflightOutcome)
  outcome!: PreflightOutcome;

  @Field(() => Objection, {
    nullable: true,
    description:
      'What decides: the reason, the deferral and the time that sending would answer. Null where it is allowed.',
  })
  because!: Objection | null;

  @Field(() => [Objection], {
    description: 'What every other gate that objects too says, in the order of the gates; each by itself.',
  })
  otherObjections!: Objection[];

  @Field(() => [LimitBudget], {
    description: 'What is left of your limits that it meets, before it is sent.',
  })
  budgets!: LimitBudget[];
}

/** Answer of preflight. */
@ObjectType()
export class PreflightPayload {
  @Field(() => GraphQLISODateTime, { description: 'The time (UTC) as of which all of it was decided.' })
  at!: Date;

  @Field(() => [PreflightDecision], { description: 'One for each message, in the order of the input.' })
  decisions!: PreflightDecision[];
}
