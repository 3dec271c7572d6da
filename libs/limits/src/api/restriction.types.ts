import { Field, GraphQLISODateTime, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { connectionType, publicId } from '@assent/platform';
import {
  AppealDecision,
  type Restriction as StoredRestriction,
  RestrictionCause,
  RestrictionEnd,
  RestrictionRung,
} from '../domain/restriction.js';

registerEnumType(RestrictionRung, {
  name: 'RestrictionRung',
  description:
    'How long a restriction lasts. Each is one rung above the last one, less one for every 90 days without any.',
  valuesMap: {
    DAY_1: { description: '24 hours.' },
    DAYS_3: { description: '3 days of 24 hours.' },
    DAYS_7: { description: '7 days of 24 hours.' },
    DAYS_30: { description: '30 days of 24 hours.' },
    CLOSURE: { description: 'Until an admin ends it. Nothing can be sent, AUTHENTICATION included.' },
  },
});
registerEnumType(RestrictionCause, {
  name: 'RestrictionCause',
  valuesMap: {
    QUALITY: { description: 'People’s reactions, by the published rule.' },
    ADMIN: { description: 'An admin of the operator.' },
  },
});
registerEnumType(RestrictionEnd, {
  name: 'RestrictionEnd',
  description: 'How a restriction ended before its time.',
  valuesMap: {
    LIFTED: { description: 'An admin ended it; it still counts for the next rung.' },
    OVERTURNED: { description: 'An appeal was successful; it counts for nothing any more.' },
    REPLACED: { description: 'An admin imposed another one in its place.' },
  },
});
registerEnumType(AppealDecision, {
  name: 'AppealDecision',
  valuesMap: {
    UPHELD: { description: 'The restriction stays.' },
    OVERTURNED: { description: 'The restriction has ended, and counts for nothing any more.' },
  },
});

@ObjectType({ description: 'How often something happened that a restriction rests on.' })
export class RestrictionEvidence {
  @Field(() => String, { description: 'What happened, such as `reports`.' })
  what!: string;

  @Field(() => Int)
  count!: number;
}

@ObjectType({ description: 'What a business says against a restriction, and what became of it.' })
export class RestrictionAppeal {
  @Field(() => String)
  text!: string;

  @Field(() => GraphQLISODateTime)
  appealedAt!: Date;

  @Field(() => AppealDecision, { nullable: true, description: 'Null: nobody has decided yet.' })
  decision!: AppealDecision | null;

  @Field(() => String, { nullable: true })
  decisionReason!: string | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  decidedAt!: Date | null;
}

@ObjectType({
  description:
    'A restriction of a business. While it is in force, only AUTHENTICATION messages pass, and SERVICE messages to people who wrote in the last 24 hours; under CLOSURE nothing does.',
})
export class Restriction {
  @Field(() => ID)
  id!: string;

  @Field(() => ID, { description: 'The business, `biz_…`.' })
  businessId!: string;

  @Field(() => RestrictionRung)
  rung!: RestrictionRung;

  @Field(() => GraphQLISODateTime)
  beganAt!: Date;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'When it ends by itself; null: only an admin ends it.',
  })
  until!: Date | null;

  @Field(() => RestrictionCause)
  cause!: RestrictionCause;

  @Field(() => String, { description: 'Why, in a sentence.' })
  reason!: string;

  @Field(() => [RestrictionEvidence], { description: 'What it rests on. Empty where an admin imposed it.' })
  evidence!: RestrictionEvidence[];

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'When an admin ended it; null: nobody did.',
  })
  endedAt!: Date | null;

  @Field(() => RestrictionEnd, { nullable: true })
  endedHow!: RestrictionEnd | null;

  @Field(() => String, { nullable: true })
  endReason!: string | null;

  @Field(() => RestrictionAppeal, { nullable: true, description: 'Null: nobody has appealed.' })
  appeal!: RestrictionAppeal | null;
}

@ObjectType({ description: 'A page of restrictions.' })
export class RestrictionConnection extends connectionType(Restriction, 'RestrictionConnection') {}

/** A restriction as GraphQL gives it. */
export function toRestriction(restriction: StoredRestriction): Restriction {
  return {
    ...restriction,
    id: publicId('rst', restriction.id),
    businessId: publicId('biz', restriction.businessId),
  };
}
