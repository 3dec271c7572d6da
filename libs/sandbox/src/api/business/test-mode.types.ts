import { Field, GraphQLISODateTime, ObjectType } from '@nestjs/graphql';
import { Refusal, resultUnion } from '@assent/platform';

/** Test mode, begun anew. */
@ObjectType()
export class ResetTestModePayload {
  @Field(() => GraphQLISODateTime, {
    description:
      'From then on test mode is empty. Subscriptions of before see nothing more: open them again.',
  })
  resetAt!: Date;
}

/** Why it was not. */
@ObjectType({
  implements: () => Refusal,
  description: '`TOO_MANY_RESETS`: at most 10 in any 24 hours.',
})
export class ResetTestModeRefused extends Refusal {}

export const ResetTestModeResult = resultUnion('ResetTestModeResult', [
  ResetTestModePayload,
  ResetTestModeRefused,
]);
