import { Field, GraphQLISODateTime, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { connectionType, publicId, Refusal, resultUnion } from '@assent/platform';
import { Basis, EVERY_OTHER, type PublishedPolicy, type QuietHours } from '../../domain/policy.js';
import { Purpose, PURPOSES } from '../../domain/purpose.js';
import { ImportEvidence } from '../enums.js';

/** Purposes as the operator reads of them. */
export const PolicyPurpose = { ...Purpose } as const;
export type PolicyPurpose = keyof typeof PolicyPurpose;

/** Bases as the operator sets them. */
export const PolicyBasis = { ...Basis } as const;
export type PolicyBasis = keyof typeof PolicyBasis;

const COUNTRY =
  'ISO 3166-1 alpha-2, or `*`: every country without a row of its own, and people whose country is not known.';
const VALID_DAYS =
  'How many days (of 24 hours) an opt-in counts from when the person gave it; allowing again starts anew. Null: until they withdraw it. 1 to 3,650; only with `OPT_IN`.';

const EVIDENCE =
  'What an opt-in that a business imports may rest on. Empty: none is imported. Always empty for `MATCHING`.';
const QUIET_HOURS =
  'When messages of this purpose wait, in the person’s time zone; null: never. Only for `SERVICE` and `MARKETING`.';
const QUIET_FROM = 'Time of day, `HH:MM`, at which they begin.';
const QUIET_TO = 'Time of day, `HH:MM`, at which they end; where it is the earlier one, on the next day.';

registerEnumType(PolicyPurpose, {
  name: 'PolicyPurpose',
  description: 'What a message, or another use of a person’s data, is for.',
  valuesMap: {
    AUTHENTICATION: { description: 'Codes and confirmations that the person is waiting for.' },
    SERVICE: { description: 'Something about an order, a booking or an account of theirs.' },
    MARKETING: { description: 'Anything that is meant to sell.' },
    MATCHING: { description: 'Becoming a contact of a business that has their number.' },
    ADS: { description: 'Counting among the people that an ad is meant for.' },
    ANALYTICS: { description: 'Counting in statistics.' },
  },
});
registerEnumType(PolicyBasis, {
  name: 'PolicyBasis',
  description: 'What holds for a purpose while the person has said nothing about it. A stop always wins.',
  valuesMap: {
    OPT_IN: { description: 'Nothing passes until the person allows it.' },
    OPT_OUT: { description: 'It passes until the person stops it.' },
  },
});

@ObjectType({ description: 'Hours of the day in which messages wait.' })
export class ConsentPolicyQuietHours {
  @Field(() => String, { description: QUIET_FROM })
  from!: string;

  @Field(() => String, { description: QUIET_TO })
  to!: string;
}

@ObjectType({ description: 'What a policy says of one purpose in one row.' })
export class ConsentPolicyRule {
  @Field(() => PolicyPurpose)
  purpose!: PolicyPurpose;

  @Field(() => PolicyBasis)
  basis!: PolicyBasis;

  @Field(() => Int, { nullable: true, description: VALID_DAYS })
  validDays!: number | null;

  @Field(() => [ImportEvidence], { description: EVIDENCE })
  evidence!: readonly ImportEvidence[];

  @Field(() => ConsentPolicyQuietHours, { nullable: true, description: QUIET_HOURS })
  quietHours!: QuietHours | null;
}

@ObjectType({ description: 'What a policy says for one country.' })
export class ConsentPolicyRow {
  @Field(() => String, { description: COUNTRY })
  country!: string;

  @Field(() => [ConsentPolicyRule], {
    description: 'By purpose; for a purpose that is not listed the row `*` holds.',
  })
  purposes!: ConsentPolicyRule[];
}

@ObjectType({
  description:
    'One version of the consent policy. In force is the highest version whose time has come; a version never changes.',
})
export class ConsentPolicy {
  @Field(() => Int, { description: 'From 1, without gaps. Version 1 is built in.' })
  version!: number;

  @Field(() => Boolean, { description: 'Whether every decision follows it now.' })
  inForce!: boolean;

  @Field(() => GraphQLISODateTime, {
    description: 'From when on (UTC) it holds, unless a higher version holds by then.',
  })
  effectiveAt!: Date;

  @Field(() => GraphQLISODateTime)
  publishedAt!: Date;

  @Field(() => ID, { nullable: true, description: 'The admin, `adm_…`; null: built in.' })
  publishedBy!: string | null;

  @Field(() => String, { description: 'What it changes and why, in the words of who published it.' })
  note!: string;

  @Field(() => [ConsentPolicyRow], {
    description: 'The row `*` first, then countries in the order of their codes.',
  })
  rows!: ConsentPolicyRow[];
}

/** A page of versions. */
@ObjectType({ description: 'A page of versions of the consent policy, newest first.' })
export class ConsentPolicyConnection extends connectionType(ConsentPolicy, 'ConsentPolicyConnection') {}

@InputType({ description: 'Hours of the day in which messages are to wait.' })
export class ConsentPolicyQuietHoursInput {
  @Field(() => String, { description: QUIET_FROM })
  from!: string;

  @Field(() => String, { description: QUIET_TO })
  to!: string;
}

@InputType({ description: 'What a policy is to say of one purpose in one row.' })
export class ConsentPolicyRuleInput {
  @Field(() => PolicyPurpose)
  purpose!: PolicyPurpose;

  @Field(() => PolicyBasis)
  basis!: PolicyBasis;

  @Field(() => Int, { nullable: true, description: VALID_DAYS })
  validDays?: number | null;

  @Field(() => [ImportEvidence], { nullable: true, description: `${EVIDENCE} Left out: empty.` })
  evidence?: ImportEvidence[] | null;

  @Field(() => ConsentPolicyQuietHoursInput, { nullable: true, description: QUIET_HOURS })
  quietHours?: ConsentPolicyQuietHoursInput | null;
}

@InputType({ description: 'What a policy is to say for one country.' })
export class ConsentPolicyRowInput {
  @Field(() => String, { description: COUNTRY })
  country!: string;

  @Field(() => [ConsentPolicyRuleInput], {
    description:
      'Each purpose at most once, and all six in the row `*`. A purpose that is left out follows the row `*`.',
  })
  purposes!: ConsentPolicyRuleInput[];
}

@InputType()
export class PublishConsentPolicyInput {
  @Field(() => Int, {
    description:
      'The newest version there is, as you read it in `consentPolicies`, whether or not it is in force yet; yours is the one after it.',
  })
  replaces!: number;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'From when on (UTC), not in the past and at most 366 days ahead; left out: at once.',
  })
  effectiveAt?: Date | null;

  @Field(() => String, { description: 'What it changes and why, 1 to 1,000 characters.' })
  note!: string;

  @Field(() => [ConsentPolicyRowInput], {
    description: 'The whole policy: the row `*`, and at most 250 countries, each once.',
  })
  rows!: ConsentPolicyRowInput[];
}

@ObjectType()
export class PublishConsentPolicyPayload {
  @Field(() => ConsentPolicy)
  policy!: ConsentPolicy;
}

@ObjectType({
  implements: () => Refusal,
  description:
    '`POLICY_CHANGED`: the version you build on is not the newest one. Read that one, and publish again on top of it.',
})
export class ConsentPolicyRefused extends Refusal {}

export const PublishConsentPolicyResult = resultUnion('PublishConsentPolicyResult', [
  PublishConsentPolicyPayload,
  ConsentPolicyRefused,
]);

/** A version as the operator reads it. */
export function toConsentPolicy({ publishedBy, rows, ...policy }: PublishedPolicy): ConsentPolicy {
  const countries = Object.keys(rows).filter((country) => country !== EVERY_OTHER);
  return {
    ...policy,
    publishedBy: publishedBy && publicId('adm', publishedBy),
    rows: [EVERY_OTHER, ...countries.sort()].map((country) => ({
      country,
      purposes: PURPOSES.flatMap((purpose) => {
        const rule = rows[country]?.[purpose];
        return rule ? [{ purpose, ...rule }] : [];
      }),
    })),
  };
}
