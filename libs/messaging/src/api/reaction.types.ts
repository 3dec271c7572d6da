import { Field, GraphQLISODateTime, ID, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Refused, toRefusal } from '@assent/accounts';
import { Refusal, resultUnion } from '@assent/platform';
import { ReactionSide } from '../domain/reaction.js';
import type { Reacted, ReactionRefused } from '../use-cases/react-to-message.js';

registerEnumType(ReactionSide, {
  name: 'ReactionSide',
  description: 'Whose reaction it is.',
  valuesMap: {
    BUSINESS: { description: 'That of the business; which of its staff is not said.' },
    PERSON: { description: 'That of the person.' },
  },
});

/** A reaction to a message. */
@ObjectType({ description: 'A reaction to a message: one of each side at most. Stored encrypted.' })
export class MessageReaction {
  @Field(() => ReactionSide)
  by!: ReactionSide;

  @Field(() => String, { description: 'One emoji.' })
  emoji!: string;

  @Field(() => GraphQLISODateTime)
  at!: Date;
}

/** Input of reactToMessage. */
@InputType()
export class ReactToMessageInput {
  @Field(() => ID, { description: 'A message of the conversation, from either side, `msg_…`.' })
  message!: string;

  @Field(() => String, {
    nullable: true,
    description: 'One emoji (RGI, Unicode UTS 51) in place of the one before; null: no longer any.',
  })
  emoji?: string | null;
}

/** The reaction is as was asked for. */
@ObjectType()
export class ReactToMessagePayload {
  @Field(() => String, { nullable: true, description: 'In the form in which it is kept; null: none.' })
  emoji!: string | null;

  @Field(() => Boolean, { description: 'False: it was so already, and there is no event.' })
  changed!: boolean;
}

/** Nothing was done. */
@ObjectType({
  implements: () => [Refusal],
  description: 'Nothing was done; docs/reasons.md has the reasons.',
})
export class ReactionNotTaken extends Refusal {}

export const ReactToMessageResult = resultUnion('ReactToMessageResult', [
  ReactToMessagePayload,
  ReactionNotTaken,
]);

export function toReactionResult(
  outcome: Reacted | ReactionRefused,
): ReactToMessagePayload | ReactionNotTaken {
  if (outcome instanceof Refused) return toRefusal(ReactionNotTaken, outcome);
  return Object.assign(new ReactToMessagePayload(), outcome);
}
