import { Field, GraphQLISODateTime, ID, Int, ObjectType } from '@nestjs/graphql';
import { publicId } from '@assent/platform';

import type {
  Template as StoredTemplate,
  TemplateAppeal as StoredAppeal,
  TemplateVersion as StoredVersion,
} from '../domain/template.js';
import { HintKind, MessagePurpose, ParameterType, TemplateState, VersionState } from './enums.js';

@ObjectType({ description: 'A parameter of a template.' })
export class TemplateParameter {
  @Field(() => String)
  name!: string;

  @Field(() => ParameterType)
  type!: ParameterType;

  @Field(() => String, { nullable: true, description: 'Where a URL must lead; null for other types.' })
  domain!: string | null;

  @Field(() => String, { description: 'A value as it may be sent.' })
  example!: string;
}

@ObjectType({ description: 'The text of a version in one language.' })
export class TemplateText {
  @Field(() => String, { description: 'BCP 47.' })
  language!: string;

  @Field(() => String, { description: 'ICU MessageFormat.' })
  body!: string;

  /** What `example` is rendered from. */
  version!: StoredVersion;
}

@ObjectType({ description: 'A version of a template. What was submitted never changes.' })
export class TemplateVersion {
  @Field(() => ID, { description: '`tpv_…`' })
  id!: string;

  @Field(() => Int, { description: '1 for the first.' })
  nr!: number;

  @Field(() => VersionState)
  state!: VersionState;

  @Field(() => String, { description: 'Language that every other one falls back to at last.' })
  defaultLanguage!: string;

  @Field(() => [TemplateText])
  texts!: TemplateText[];

  @Field(() => [TemplateParameter])
  parameters!: TemplateParameter[];

  @Field(() => GraphQLISODateTime, { description: 'When it was written, as it is.' })
  createdAt!: Date;

  @Field(() => GraphQLISODateTime, { nullable: true })
  submittedAt!: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  decidedAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'Why it was rejected.' })
  reason!: string | null;
}

@ObjectType({ description: 'An appeal against a rejection, or against the disabling of a template.' })
export class TemplateAppeal {
  @Field(() => ID, { description: '`tpa_…`' })
  id!: string;

  @Field(() => ID, { nullable: true, description: 'The rejected version; null: the template was disabled.' })
  version!: string | null;

  @Field(() => String, { description: "The business's words." })
  words!: string;

  @Field(() => GraphQLISODateTime)
  madeAt!: Date;

  @Field(() => Boolean, { nullable: true, description: 'Null while nobody has decided.' })
  upheld!: boolean | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  decidedAt!: Date | null;

  @Field(() => String, { nullable: true, description: "The operator's words." })
  reason!: string | null;
}

@ObjectType({ description: 'Reviewed message text with parameters.' })
export class Template {
  @Field(() => ID, { description: '`tpl_…`' })
  id!: string;

  @Field(() => String, { description: 'What messages name it by.' })
  name!: string;

  @Field(() => MessagePurpose)
  purpose!: MessagePurpose;

  @Field(() => TemplateState)
  state!: TemplateState;

  @Field(() => TemplateVersion, {
    nullable: true,
    description: 'The newest approved version: the one that sends. Null: none was approved yet.',
  })
  approved!: TemplateVersion | null;

  @Field(() => [TemplateVersion], { description: 'Newest first, at most 11.' })
  versions!: TemplateVersion[];

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'While it is PAUSED: when it sends again (UTC).',
  })
  pausedUntil!: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Since when it is DISABLED.' })
  disabledAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'Why it was paused or disabled last.' })
  stoppedBecause!: string | null;

  @Field(() => GraphQLISODateTime)
  createdAt!: Date;

  /** What fields that are loaded only when asked for are made of. */
  stored!: StoredTemplate;
}

@ObjectType({ description: 'One ground for a closer look.' })
export class TemplateHintGround {
  @Field(() => HintKind)
  kind!: HintKind;

  @Field(() => String, { description: 'What was found.' })
  found!: string;

  @Field(() => Int, { description: 'What it adds to a score.' })
  weight!: number;
}

export function toVersion(version: StoredVersion): TemplateVersion {
  return {
    ...version,
    id: publicId('tpv', version.id),
    texts: version.texts.map((text) => ({ ...text, version })),
  };
}

export function toTemplate(stored: StoredTemplate): Template {
  const approved = stored.versions.find(({ id }) => id === stored.sendingVersionId);
  return {
    ...stored,
    id: publicId('tpl', stored.id),
    approved: approved ? toVersion(approved) : null,
    versions: stored.versions.map(toVersion),
    stored,
  };
}

export function toAppeal(appeal: StoredAppeal): TemplateAppeal {
  return {
    ...appeal,
    id: publicId('tpa', appeal.id),
    version: appeal.versionId && publicId('tpv', appeal.versionId),
  };
}
