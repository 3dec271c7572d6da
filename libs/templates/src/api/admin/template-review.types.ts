import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { connectionType, publicId, Refusal, resultUnion } from '@assent/platform';
import type { AppealCase, ReviewCase } from '../../use-cases/read-review-queue.js';
import { MessagePurpose } from '../enums.js';
import {
  Template,
  TemplateAppeal,
  TemplateHintGround,
  TemplateVersion,
  toAppeal,
  toTemplate,
  toVersion,
} from '../template.types.js';

@ObjectType({ description: 'Whose template it is, as far as the operator has verified it.' })
export class TemplateOwner {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  displayName!: string;

  @Field(() => String, { nullable: true })
  legalName!: string | null;

  @Field(() => String, { nullable: true, description: 'Host of the website whose domain it proved.' })
  hostname!: string | null;
}

@ObjectType({ description: "A reviewer's hint: what may be worth a closer look. It decides nothing." })
export class TemplateHint {
  @Field(() => Int, { description: '0, nothing was found, to 100: the weights of the grounds, summed up.' })
  score!: number;

  @Field(() => [TemplateHintGround], { description: 'The heaviest first.' })
  grounds!: TemplateHintGround[];
}

@ObjectType({ description: 'A version of a template, under review or decided.' })
export class TemplateReview {
  @Field(() => TemplateVersion)
  version!: TemplateVersion;

  @Field(() => ID)
  template!: string;

  @Field(() => String)
  name!: string;

  @Field(() => MessagePurpose)
  purpose!: MessagePurpose;

  @Field(() => TemplateVersion, { nullable: true, description: 'What sends; null: nothing yet.' })
  approved!: TemplateVersion | null;

  @Field(() => TemplateOwner)
  business!: TemplateOwner;

  @Field(() => TemplateHint)
  hint!: TemplateHint;
}

@ObjectType({ description: 'An appeal with what it is about.' })
export class TemplateAppealCase {
  @Field(() => TemplateAppeal)
  appeal!: TemplateAppeal;

  @Field(() => Template)
  template!: Template;

  @Field(() => TemplateOwner)
  business!: TemplateOwner;
}

export const TemplateReviewConnection = connectionType(TemplateReview, 'TemplateReviewConnection');
export const TemplateAppealConnection = connectionType(TemplateAppealCase, 'TemplateAppealConnection');

@InputType()
export class ApproveTemplateInput {
  @Field(() => ID, { description: '`tpv_…`' })
  version!: string;
}

@InputType()
export class RejectTemplateInput {
  @Field(() => ID, { description: '`tpv_…`' })
  version!: string;

  @Field(() => String, {
    description: 'What is wrong and what would help, 1 to 1,000 characters; the business reads it.',
  })
  reason!: string;
}

@InputType()
export class DecideTemplateAppealInput {
  @Field(() => ID, { description: '`tpa_…`' })
  appeal!: string;

  @Field(() => Boolean, {
    description: 'True: the rejected version is approved, or the disabled template sends again.',
  })
  uphold!: boolean;

  @Field(() => String, { description: 'Why, 1 to 1,000 characters; the business reads it.' })
  reason!: string;
}

@ObjectType()
export class ReviewTemplatePayload {
  @Field(() => TemplateReview)
  review!: TemplateReview;
}

@ObjectType({
  implements: () => Refusal,
  description: '`VERSION_NOT_FOUND`; `NOT_IN_REVIEW`: somebody decided before, or it was never submitted.',
})
export class ReviewTemplateRefused extends Refusal {}

export const ReviewTemplateResult = resultUnion('ReviewTemplateResult', [
  ReviewTemplatePayload,
  ReviewTemplateRefused,
]);

@ObjectType()
export class DecideTemplateAppealPayload {
  @Field(() => TemplateAppealCase)
  case!: TemplateAppealCase;
}

@ObjectType({
  implements: () => Refusal,
  description: '`APPEAL_NOT_FOUND`; `ALREADY_DECIDED`: somebody decided before.',
})
export class DecideTemplateAppealRefused extends Refusal {}

export const DecideTemplateAppealResult = resultUnion('DecideTemplateAppealResult', [
  DecideTemplateAppealPayload,
  DecideTemplateAppealRefused,
]);

export function toReview({ template, version, business, hint }: ReviewCase): TemplateReview {
  const { id, name, purpose, approved } = toTemplate(template);
  return {
    version: toVersion(version),
    template: id,
    name,
    purpose,
    approved,
    business: toOwner(template, business),
    hint,
  };
}

export function toAppealCase({ appeal, template, business }: AppealCase): TemplateAppealCase {
  return { appeal: toAppeal(appeal), template: toTemplate(template), business: toOwner(template, business) };
}

function toOwner(
  { businessId }: ReviewCase['template'],
  { displayName, legalName, hostname }: ReviewCase['business'],
): TemplateOwner {
  return { id: publicId('biz', businessId), displayName, legalName, hostname };
}
