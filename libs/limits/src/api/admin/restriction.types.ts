import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { ApprovalNeeded } from '@assent/accounts';
import { Refusal, resultUnion } from '@assent/platform';
import { AppealDecision, RestrictionRung } from '../../domain/restriction.js';
import { Restriction } from '../restriction.types.js';

@InputType()
export class ImposeRestrictionInput {
  @Field(() => ID, { description: 'The business, `biz_…`.' })
  business!: string;

  @Field(() => RestrictionRung)
  rung!: RestrictionRung;

  @Field(() => String, { description: 'Why, 1 to 1,000 characters; the business reads it.' })
  reason!: string;
}

@InputType()
export class LiftRestrictionInput {
  @Field(() => ID, { description: 'The restriction, `rst_…`.' })
  restriction!: string;

  @Field(() => String, { description: 'Why, 1 to 1,000 characters; the business reads it.' })
  reason!: string;
}

@InputType()
export class DecideRestrictionAppealInput {
  @Field(() => ID, { description: 'The restriction, `rst_…`.' })
  restriction!: string;

  @Field(() => AppealDecision)
  decision!: AppealDecision;

  @Field(() => String, { description: 'Why, 1 to 1,000 characters; the business reads it.' })
  reason!: string;
}

@ObjectType()
export class RestrictionPayload {
  @Field(() => Restriction)
  restriction!: Restriction;
}

@ObjectType({
  implements: () => [Refusal],
  description:
    '`BUSINESS_NOT_FOUND`, `RESTRICTION_NOT_FOUND`: there is none with that id. `RESTRICTION_OVER`: it has ended. `NO_OPEN_APPEAL`: nobody appealed, or somebody decided before.',
})
export class RestrictionChangeRefused extends Refusal {}

export const RestrictionResult = resultUnion('RestrictionResult', [
  RestrictionPayload,
  RestrictionChangeRefused,
  ApprovalNeeded,
]);
