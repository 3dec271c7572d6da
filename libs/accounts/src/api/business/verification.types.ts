import { Field, InputType, ObjectType } from '@nestjs/graphql';
import { Refusal, resultUnion } from '@assent/platform';
import { BusinessCategory, DomainEvidence } from '../enums.js';
import { Business } from './business.types.js';

@ObjectType({
  description: 'What to publish, one of the two, to prove control over a domain. It does not change.',
})
export class DomainChallenge {
  @Field(() => String, { description: 'What the proof is for.' })
  host!: string;

  @Field(() => String, { description: 'Where the file is looked for.' })
  fileUrl!: string;

  @Field(() => String, { description: 'Path of the file on the website.' })
  filePath!: string;

  @Field(() => String, {
    description: 'A line that the file must have; at most 64 KiB, served with status 200.',
  })
  fileContent!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Name of the TXT record; null where the host is an address.',
  })
  dnsName!: string | null;

  @Field(() => String, { description: 'Value of the TXT record.' })
  dnsValue!: string;
}

@InputType()
export class SubmitVerificationInput {
  @Field(() => String, { description: 'Name in the commercial register, 1 to 200 characters.' })
  legalName!: string;

  @Field(() => String, { description: 'Number in the commercial register, 1 to 64 characters.' })
  registrationNumber!: string;

  @Field(() => String, { description: 'Country of the register: ISO 3166-1 alpha-2.' })
  country!: string;

  @Field(() => String, { description: 'The website, `https://…`, whose domain is proved.' })
  website!: string;

  @Field(() => BusinessCategory, {
    nullable: true,
    description:
      'What you do, as people are to read it beside your name; reviewed too. Null: they read nothing.',
  })
  category?: BusinessCategory | null;

  @Field(() => DomainEvidence, { description: "Which of `domainChallenge`'s two was published." })
  evidence!: DomainEvidence;
}

@ObjectType()
export class SubmitVerificationPayload {
  @Field(() => Business)
  business!: Business;
}

@ObjectType({
  implements: () => Refusal,
  description:
    '`DOMAIN_NOT_PROVEN`: the message says what was looked for and what was found. `NOT_ALLOWED_IN_STATE`: only an UNVERIFIED business can submit. `TOO_MANY_CHECKS`: more than 10 in 10 minutes.',
})
export class SubmitVerificationRefused extends Refusal {}

export const SubmitVerificationResult = resultUnion('SubmitVerificationResult', [
  SubmitVerificationPayload,
  SubmitVerificationRefused,
]);
