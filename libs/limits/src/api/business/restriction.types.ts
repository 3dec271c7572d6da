import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { Refusal, resultUnion } from '@assent/platform';
import { Restriction } from '../restriction.types.js';

@InputType()
export class AppealRestrictionInput {
  @Field(() => ID, { description: 'The restriction, `rst_…`.' })
  restriction!: string;

  @Field(() => String, { description: 'What you say against it, 1 to 2,000 characters.' })
  text!: string;
}

@ObjectType()
export class AppealRestrictionPayload {
  @Field(() => Restriction)
  restriction!: Restriction;
}

@ObjectType({
  implements: () => [Refusal],
  description:
    '`RESTRICTION_NOT_FOUND`: you have no such restriction. `ALREADY_APPEALED`: an appeal was made before. `APPEAL_TOO_LATE`: it ended more than 30 days ago.',
})
export class RestrictionAppealRefused extends Refusal {}

export const AppealRestrictionResult = resultUnion('AppealRestrictionResult', [
  AppealRestrictionPayload,
  RestrictionAppealRefused,
]);
