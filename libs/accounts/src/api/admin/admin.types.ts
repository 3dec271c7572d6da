import { Field, GraphQLISODateTime, ID, InputType, ObjectType } from '@nestjs/graphql';
import { connectionType, publicId, Refusal, resultUnion } from '@assent/platform';
import type { RequestOfBusiness } from '../../domain/verification.js';
import { BusinessCategory, BusinessStatus, DomainEvidence, ReachTier, VerificationStatus } from '../enums.js';

@ObjectType({ description: "A business's account, as the operator sees it." })
export class BusinessAccount {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  displayName!: string;

  @Field(() => String, { description: 'ISO 3166-1 alpha-2.' })
  country!: string;

  @Field(() => BusinessStatus)
  status!: BusinessStatus;

  @Field(() => ReachTier)
  reachTier!: ReachTier;

  @Field(() => GraphQLISODateTime)
  createdAt!: Date;
}

@ObjectType({ description: 'A request of a business to be verified.' })
export class VerificationRequest {
  @Field(() => ID)
  id!: string;

  @Field(() => VerificationStatus)
  status!: VerificationStatus;

  @Field(() => BusinessAccount)
  business!: BusinessAccount;

  @Field(() => String)
  legalName!: string;

  @Field(() => String)
  registrationNumber!: string;

  @Field(() => String, { description: 'ISO 3166-1 alpha-2.' })
  country!: string;

  @Field(() => String)
  website!: string;

  @Field(() => BusinessCategory, {
    nullable: true,
    description: 'What it says that it does; people see it once you approve.',
  })
  category!: BusinessCategory | null;

  @Field(() => DomainEvidence, { description: 'How the platform saw that the business controls the domain.' })
  evidence!: DomainEvidence;

  @Field(() => GraphQLISODateTime, { description: 'When it saw that.' })
  evidenceCheckedAt!: Date;

  @Field(() => GraphQLISODateTime)
  submittedAt!: Date;

  @Field(() => ID, { nullable: true, description: 'The admin who decided.' })
  decidedBy!: string | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  decidedAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'Why it was rejected; the business reads it.' })
  reason!: string | null;
}

export const VerificationRequestConnection = connectionType(
  VerificationRequest,
  'VerificationRequestConnection',
);

@InputType()
export class ApproveVerificationInput {
  @Field(() => ID)
  id!: string;
}

@InputType()
export class RejectVerificationInput {
  @Field(() => ID)
  id!: string;

  @Field(() => String, {
    description: 'What is wrong and what would help, 1 to 1,000 characters; the business reads it.',
  })
  reason!: string;
}

@ObjectType()
export class ApproveVerificationPayload {
  @Field(() => VerificationRequest)
  verification!: VerificationRequest;
}

@ObjectType()
export class RejectVerificationPayload {
  @Field(() => VerificationRequest)
  verification!: VerificationRequest;
}

@ObjectType({
  implements: () => Refusal,
  description:
    '`ALREADY_DECIDED`: somebody decided before. `VERIFICATION_NOT_FOUND`: there is no such request. `NOT_ALLOWED_IN_STATE`: the state of the business does not allow it.',
})
export class VerificationDecisionRefused extends Refusal {}

export const ApproveVerificationResult = resultUnion('ApproveVerificationResult', [
  ApproveVerificationPayload,
  VerificationDecisionRefused,
]);

export const RejectVerificationResult = resultUnion('RejectVerificationResult', [
  RejectVerificationPayload,
  VerificationDecisionRefused,
]);

export function toVerificationRequest({ verification, business }: RequestOfBusiness): VerificationRequest {
  return {
    ...verification,
    id: publicId('ver', verification.id),
    decidedBy: verification.decidedBy && publicId('adm', verification.decidedBy),
    business: { ...business, id: publicId('biz', business.id) },
  };
}
