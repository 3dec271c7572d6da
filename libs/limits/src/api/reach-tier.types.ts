import { Field, GraphQLISODateTime, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { ReachTier } from '@assent/accounts';
import { connectionType, publicId } from '@assent/platform';
import { type TierChange, TierCause } from '../domain/tier-changes.js';

registerEnumType(TierCause, {
  name: 'ReachTierCause',
  description: 'Why a reach tier changed.',
  valuesMap: {
    VERIFICATION: { description: 'The business was verified.' },
    USE: { description: 'At least half of its places were used in 7 days, at a quality that is not RED.' },
    ADMIN: { description: 'An admin of the operator set it.' },
  },
});

@ObjectType({ description: 'A change of a business’s reach tier, and why.' })
export class ReachTierChange {
  @Field(() => ID)
  id!: string;

  @Field(() => ReachTier)
  from!: ReachTier;

  @Field(() => ReachTier)
  to!: ReachTier;

  @Field(() => TierCause)
  cause!: TierCause;

  @Field(() => Int, {
    nullable: true,
    description: 'USE: different people that the business started to message in the 7 days before.',
  })
  people!: number | null;

  @Field(() => Int, { nullable: true, description: 'USE: places of the tier that it had.' })
  places!: number | null;

  @Field(() => String, { nullable: true, description: 'USE: its quality then.' })
  quality!: string | null;

  @Field(() => String, { nullable: true, description: 'ADMIN: the reason.' })
  reason!: string | null;

  @Field(() => GraphQLISODateTime)
  changedAt!: Date;
}

@ObjectType({ description: 'A page of changes of a reach tier, newest first.' })
export class ReachTierChangeConnection extends connectionType(ReachTierChange, 'ReachTierChangeConnection') {}

/** A change as GraphQL gives it. */
export function toReachTierChange({ grounds, ...change }: TierChange): ReachTierChange {
  const { people, places, quality } = grounds ?? { people: null, places: null, quality: null };
  return { ...change, id: publicId('rtc', change.id), people, places, quality };
}
