import { ArgsType, Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { connectionType, PageArgs, Refusal, resultUnion } from '@assent/platform';
import { TemplateState } from '../enums.js';
import { Template, TemplateAppeal, TemplateHintGround } from '../template.types.js';

export const TemplateConnection = connectionType(Template, 'TemplateConnection');

@ArgsType()
export class TemplatesArgs extends PageArgs {
  @Field(() => TemplateState, { nullable: true, description: 'Only those in this state now.' })
  state?: TemplateState | null;
}

@ObjectType()
export class CreateTemplatePayload {
  @Field(() => Template)
  template!: Template;
}

@ObjectType({
  implements: () => Refusal,
  description:
    '`NAME_TAKEN`: there is one of that name with another purpose or content. `TOO_MANY_TEMPLATES`: a business has at most 1,000.',
})
export class CreateTemplateRefused extends Refusal {}

export const CreateTemplateResult = resultUnion('CreateTemplateResult', [
  CreateTemplatePayload,
  CreateTemplateRefused,
]);

@ObjectType()
export class EditTemplatePayload {
  @Field(() => Template)
  template!: Template;
}

@ObjectType({
  implements: () => Refusal,
  description:
    '`TEMPLATE_NOT_FOUND`; `VERSION_IN_REVIEW`: wait for the decision; `TEMPLATE_DISABLED`; `TOO_MANY_VERSIONS`: at most 1,000.',
})
export class EditTemplateRefused extends Refusal {}

export const EditTemplateResult = resultUnion('EditTemplateResult', [
  EditTemplatePayload,
  EditTemplateRefused,
]);

@ObjectType()
export class SubmitTemplatePayload {
  @Field(() => Template)
  template!: Template;

  @Field(() => [TemplateHintGround], {
    description:
      'What makes it read like MARKETING, though it is declared as something else; empty: nothing does. The reviewer sees it too, and decides.',
  })
  categoryHint!: TemplateHintGround[];
}

@ObjectType({
  implements: () => Refusal,
  description:
    '`TEMPLATE_NOT_FOUND`; `NOT_VERIFIED`: only VERIFIED businesses have templates reviewed; `NOTHING_TO_SUBMIT`: the newest version was decided already; `TEMPLATE_DISABLED`.',
})
export class SubmitTemplateRefused extends Refusal {}

export const SubmitTemplateResult = resultUnion('SubmitTemplateResult', [
  SubmitTemplatePayload,
  SubmitTemplateRefused,
]);

@ObjectType()
export class DeleteTemplatePayload {
  @Field(() => ID)
  id!: string;
}

@ObjectType({
  implements: () => Refusal,
  description: '`TEMPLATE_NOT_FOUND`; `WAS_SUBMITTED`: what reviewers saw, or people got, stays on record.',
})
export class DeleteTemplateRefused extends Refusal {}

export const DeleteTemplateResult = resultUnion('DeleteTemplateResult', [
  DeleteTemplatePayload,
  DeleteTemplateRefused,
]);

@ObjectType()
export class AppealTemplatePayload {
  @Field(() => TemplateAppeal)
  appeal!: TemplateAppeal;
}

@ObjectType({
  implements: () => Refusal,
  description:
    '`TEMPLATE_NOT_FOUND`; `NOTHING_TO_APPEAL`: neither REJECTED nor DISABLED; `ALREADY_APPEALED`: an appeal is decided once.',
})
export class AppealTemplateRefused extends Refusal {}

export const AppealTemplateResult = resultUnion('AppealTemplateResult', [
  AppealTemplatePayload,
  AppealTemplateRefused,
]);

@ObjectType({ description: 'What a person would read.' })
export class TemplatePreview {
  @Field(() => Int)
  version!: number;

  @Field(() => String, { description: 'The language that was chosen.' })
  language!: string;

  @Field(() => String)
  text!: string;
}

@ObjectType({ description: 'One thing that is wrong with the values.' })
export class TemplateProblem {
  @Field(() => String, {
    nullable: true,
    description: 'Name of the parameter; null: of all of them together.',
  })
  parameter!: string | null;

  @Field(() => String, { description: 'What it must be.' })
  rule!: string;
}

@ObjectType({
  implements: () => Refusal,
  description:
    '`TEMPLATE_NOT_FOUND`; `TEMPLATE_PARAMETERS`: values do not fit, see `problems`; `CONTENT_TOO_LONG`: the text would have more than 4,096 characters.',
})
export class PreviewTemplateRefused extends Refusal {
  @Field(() => [TemplateProblem])
  problems!: TemplateProblem[];
}

export const PreviewTemplateResult = resultUnion('PreviewTemplateResult', [
  TemplatePreview,
  PreviewTemplateRefused,
]);
