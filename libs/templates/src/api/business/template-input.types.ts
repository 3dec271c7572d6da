import { Field, ID, InputType, Int } from '@nestjs/graphql';
import { MessagePurpose, ParameterType } from '../enums.js';

@InputType({ description: 'A text of a template in one language.' })
export class TemplateTextInput {
  @Field(() => String, {
    description: 'BCP 47: language, and script and region where it matters, such as `pt-BR`.',
  })
  language!: string;

  @Field(() => String, {
    description:
      'ICU MessageFormat, 1 to 1,024 characters: `{name}`, `{count, plural, one {# item} other {# items}}`, `{gender, select, …}`, `{when, date, long}`. Shows declared parameters only.',
  })
  body!: string;
}

@InputType({ description: 'A parameter of a template.' })
export class TemplateParameterInput {
  @Field(() => String, { description: '1 to 40 letters, digits or `_`, beginning with a small letter.' })
  name!: string;

  @Field(() => ParameterType)
  type!: ParameterType;

  @Field(() => String, {
    nullable: true,
    description: 'For a URL, and only there: the domain that it leads to, reviewed with the template.',
  })
  domain?: string | null;

  @Field(() => String, { description: 'A value as it may be sent; reviewers read the text with it.' })
  example!: string;
}

@InputType()
export class CreateTemplateInput {
  @Field(() => String, {
    description:
      '1 to 512 small letters, digits, `_`, `.` or `-`; one of its name a business. It can not change.',
  })
  name!: string;

  @Field(() => MessagePurpose, { description: 'It can not change.' })
  purpose!: MessagePurpose;

  @Field(() => String, {
    description: 'Language of one of the texts: what other languages fall back to at last.',
  })
  defaultLanguage!: string;

  @Field(() => [TemplateTextInput], { description: '1 to 20, one a language.' })
  texts!: TemplateTextInput[];

  @Field(() => [TemplateParameterInput], {
    defaultValue: [],
    description: 'At most 20; the same in all languages.',
  })
  parameters!: TemplateParameterInput[];
}

@InputType()
export class EditTemplateInput {
  @Field(() => ID)
  id!: string;

  @Field(() => String, {
    description: 'Language of one of the texts: what other languages fall back to at last.',
  })
  defaultLanguage!: string;

  @Field(() => [TemplateTextInput], {
    description: '1 to 20, one a language: all of them, also those that stay.',
  })
  texts!: TemplateTextInput[];

  @Field(() => [TemplateParameterInput], {
    defaultValue: [],
    description: 'At most 20; the same in all languages.',
  })
  parameters!: TemplateParameterInput[];
}

@InputType()
export class SubmitTemplateInput {
  @Field(() => ID)
  id!: string;
}

@InputType()
export class DeleteTemplateInput {
  @Field(() => ID)
  id!: string;
}

@InputType()
export class AppealTemplateInput {
  @Field(() => ID)
  id!: string;

  @Field(() => String, {
    description: 'Why the decision is wrong, 1 to 1,000 characters; the operator reads it.',
  })
  words!: string;
}

@InputType({ description: 'A value of a parameter.' })
export class TemplateValueInput {
  @Field(() => String)
  name!: string;

  @Field(() => String, { description: 'Written as the type of the parameter wants it.' })
  value!: string;
}

@InputType()
export class PreviewTemplateInput {
  @Field(() => ID)
  id!: string;

  @Field(() => Int, { nullable: true, description: 'Number of a version; null: the newest.' })
  version?: number | null;

  @Field(() => String, {
    nullable: true,
    description:
      'BCP 47; answered in what it falls back to: `pt-BR`, `pt`, the default language. Null: the default language.',
  })
  language?: string | null;

  @Field(() => [TemplateValueInput], { nullable: true, description: 'Null: the examples.' })
  parameters?: TemplateValueInput[] | null;
}

@InputType({ description: 'One of the two.' })
export class TemplateByInput {
  @Field(() => ID, { nullable: true })
  id?: string | null;

  @Field(() => String, { nullable: true })
  name?: string | null;
}
