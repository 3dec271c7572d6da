import { Field, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Refusal, resultUnion } from '@assent/platform';
import { MatchOutcome } from '../../domain/matching.js';

registerEnumType(MatchOutcome, {
  name: 'MatchOutcome',
  description: 'What became of one customer of a call. It never says whether the number is on the platform.',
  valuesMap: {
    ACCEPTED: {
      description: 'A valid number that was looked for. Read `contacts` to see whom you may reach.',
    },
    INVALID_NUMBER: { description: 'No number that can exist. Was a country needed to read it?' },
    DUPLICATE: {
      description:
        'The same number, or the same external id, appeared earlier in this call; it was not looked for.',
    },
  },
});

/** A customer to be matched. */
@InputType()
export class MatchCustomerInput {
  @Field(() => String, { description: 'Your own id of the customer, 1 to 255 characters.' })
  externalId!: string;

  @Field(() => String, {
    description:
      'The number as people write it, up to 40 characters: with spaces, dashes, dots and brackets, in international form (`+` or `00`) or the national form of the country.',
  })
  phone!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'Country of a number in national form, ISO 3166-1 alpha-2; without it, the country of the call.',
  })
  country?: string | null;
}

/** Input of matchContacts. */
@InputType()
export class MatchContactsInput {
  @Field(() => [MatchCustomerInput], { description: '1 to 10,000 customers.' })
  customers!: MatchCustomerInput[];

  @Field(() => String, {
    nullable: true,
    description: 'Country of numbers in national form whose customer names none, ISO 3166-1 alpha-2.',
  })
  country?: string | null;
}

/** The answer for one customer. */
@ObjectType({ description: 'The answer for one customer of the call.' })
export class CustomerOutcome {
  @Field(() => String, { description: 'As you gave it.' })
  externalId!: string;

  @Field(() => MatchOutcome)
  outcome!: MatchOutcome;
}

/** The call was carried out. */
@ObjectType({
  description: 'The numbers were looked for. Whom you may reach of them is among your `contacts` now.',
})
export class MatchContactsPayload {
  @Field(() => [CustomerOutcome], { description: 'One answer for each customer, in the order of the input.' })
  results!: CustomerOutcome[];

  constructor(results: CustomerOutcome[]) {
    this.results = results;
  }
}

/** The call is larger than what is left of the budget. */
@ObjectType({
  implements: () => [Refusal],
  description:
    'Reason MATCH_BUDGET: the whole call was refused and nothing was spent. `retryAt` is the earliest time at which the same call passes if nothing else is matched until then; null when it is larger than the budget itself.',
})
export class MatchBudgetExhausted extends Refusal {
  @Field(() => Int, { description: 'Different numbers that you may match in any 24 hours.' })
  dailyLimit!: number;

  @Field(() => Int, { description: 'Different numbers that you may match in any 30 days.' })
  monthlyLimit!: number;

  constructor(fields: MatchBudgetExhausted) {
    super();
    Object.assign(this, fields);
  }
}

/** The business may not match. */
@ObjectType({
  implements: () => [Refusal],
  description: 'Reason BUSINESS_NOT_VERIFIED or BUSINESS_SUSPENDED: only verified businesses may match.',
})
export class MatchingNotAllowed extends Refusal {
  constructor(fields: MatchingNotAllowed) {
    super();
    Object.assign(this, fields);
  }
}

export const MatchContactsResult = resultUnion(
  'MatchContactsResult',
  [MatchContactsPayload, MatchBudgetExhausted, MatchingNotAllowed],
  'What became of a call of matchContacts.',
);
