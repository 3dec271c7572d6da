import { Field, GraphQLISODateTime, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { ApprovalNeeded, LimitKind, ReachTier } from '@assent/accounts';
import { connectionType, publicId, Refusal, resultUnion } from '@assent/platform';
import type { StoredOverride } from '../../domain/override-rules.js';
import { ReachTierChange } from '../reach-tier.types.js';

registerEnumType(LimitKind, {
  name: 'LimitKind',
  description: 'A limit that can be set for one business.',
  valuesMap: {
    REACH_PLACES: { description: 'People that it may start to message in any 24 hours; 0 to 100,000,000.' },
    THROUGHPUT: { description: 'Messages a second; 1 to 100,000.' },
    PAIR_INTERVAL: {
      description: 'Milliseconds that one message to the same person costs; 1 to 86,400,000.',
    },
    PAIR_BURST: { description: 'Messages that a person may get at once; 1 to 10,000.' },
    MATCH_DAILY: {
      description: 'Different numbers that it may match in any 24 hours; 0 to 1,000,000,000.',
    },
    MATCH_MONTHLY: {
      description: 'Different numbers that it may match in any 30 days; 0 to 1,000,000,000.',
    },
    MARKETING_WEEKLY: {
      description: 'Marketing messages that one person may see of it in any 7 days; 0 to 1,000.',
    },
    TEMPLATE_SAMPLE: {
      description: 'Messages of a new version of a template that go first; 1 to 1,000,000.',
    },
  },
});

@ObjectType({ description: 'A limit that an admin set for one business, until a time.' })
export class LimitOverride {
  @Field(() => ID)
  id!: string;

  @Field(() => ID, { description: 'The business, `biz_…`.' })
  businessId!: string;

  @Field(() => LimitKind)
  kind!: LimitKind;

  @Field(() => Int)
  value!: number;

  @Field(() => String, { description: 'Why; the business reads it.' })
  reason!: string;

  @Field(() => ID, { description: 'The admin who set it.' })
  setBy!: string;

  @Field(() => GraphQLISODateTime)
  setAt!: Date;

  @Field(() => GraphQLISODateTime, {
    description: 'It no longer counts from then on, by the database’s clock.',
  })
  endsAt!: Date;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'When an admin ended it or set another in its place; null: nobody did.',
  })
  endedAt!: Date | null;

  @Field(() => ID, { nullable: true })
  endedBy!: string | null;

  @Field(() => String, { nullable: true })
  endReason!: string | null;
}

@ObjectType({ description: 'A page of limits that were set for a business, newest first.' })
export class LimitOverrideConnection extends connectionType(LimitOverride, 'LimitOverrideConnection') {}

@InputType()
export class SetLimitOverrideInput {
  @Field(() => ID, { description: 'The business, `biz_…`.' })
  business!: string;

  @Field(() => LimitKind)
  kind!: LimitKind;

  @Field(() => Int, { description: 'In place of what is configured; what it may be stands at each kind.' })
  value!: number;

  @Field(() => String, { description: 'Why, 1 to 1,000 characters; the business reads it.' })
  reason!: string;

  @Field(() => GraphQLISODateTime, { description: 'In the future, in 366 days at the latest.' })
  endsAt!: Date;
}

@InputType()
export class EndLimitOverrideInput {
  @Field(() => ID, { description: 'The override, `ovr_…`.' })
  override!: string;

  @Field(() => String, { description: 'Why, 1 to 1,000 characters; the business reads it.' })
  reason!: string;
}

@InputType()
export class SetReachTierInput {
  @Field(() => ID, { description: 'The business, `biz_…`.' })
  business!: string;

  @Field(() => ReachTier)
  tier!: ReachTier;

  @Field(() => String, { description: 'Why, 1 to 1,000 characters; the business reads it.' })
  reason!: string;
}

@ObjectType()
export class LimitOverridePayload {
  @Field(() => LimitOverride)
  override!: LimitOverride;
}

@ObjectType()
export class SetReachTierPayload {
  @Field(() => ReachTierChange)
  change!: ReachTierChange;
}

@ObjectType({
  implements: () => [Refusal],
  description:
    '`BUSINESS_NOT_FOUND`, `OVERRIDE_NOT_FOUND`: there is none with that id. `ALREADY_ENDED`: the override has ended. `SAME_TIER`: the business has that tier already.',
})
export class LimitChangeRefused extends Refusal {}

export const LimitOverrideResult = resultUnion('LimitOverrideResult', [
  LimitOverridePayload,
  LimitChangeRefused,
  ApprovalNeeded,
]);

export const SetReachTierResult = resultUnion('SetReachTierResult', [
  SetReachTierPayload,
  LimitChangeRefused,
  ApprovalNeeded,
]);

/** An override as admins see it. */
export function toLimitOverride(override: StoredOverride): LimitOverride {
  const { id, businessId, setBy, endedBy } = override;
  return {
    ...override,
    id: publicId('ovr', id),
    businessId: publicId('biz', businessId),
    setBy: publicId('adm', setBy),
    endedBy: endedBy && publicId('adm', endedBy),
  };
}
