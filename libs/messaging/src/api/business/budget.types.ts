import { Field, GraphQLISODateTime, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { LimitName } from '../../domain/limit-names.js';

registerEnumType(LimitName, {
  name: 'LimitName',
  description: 'A limit that your messages, or your matching, meet.',
  valuesMap: {
    REACH_TIER: { description: 'People whom you begin to message, in any 24 hours.' },
    THROUGHPUT: { description: 'Messages that you may send at once; so much comes back every second.' },
    PAIR_LIMIT: { description: 'Messages to the same person at once; one comes back every few seconds.' },
    BUSINESS_MARKETING_CAP: { description: 'Your marketing that one person may see, in any 7 days.' },
    MARKETING_CAP: {
      description:
        'Marketing of all businesses that one person may see, in any 24 hours. What is left of it is that person’s own affair.',
    },
    TEMPLATE_SAMPLE: {
      description:
        'Messages of a new version of a template that go first, and how many of them are left; the rest waits until it is known how people take them.',
    },
    MATCH_DAILY: { description: 'Different numbers that you match, in any 24 hours.' },
    MATCH_MONTHLY: { description: 'Different numbers that you match, in any 30 days.' },
  },
});

@ObjectType({ description: 'What is left of a limit.' })
export class LimitBudget {
  @Field(() => LimitName)
  name!: LimitName;

  @Field(() => Int, { nullable: true, description: 'How many at most; null: without limit.' })
  limit!: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'How many of them are used; null where it counts for each person, or each template, by itself.',
  })
  used!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How many are left; null: without limit, or for each person or template.',
  })
  remaining!: number | null;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description:
      'When (UTC) one more is left than now, if nothing else is used until then; null: all of it is left.',
  })
  nextFreeAt!: Date | null;
}
