import { Field, GraphQLISODateTime, ID, InputType, ObjectType } from '@nestjs/graphql';
import { connectionType, publicId, Refusal, resultUnion } from '@assent/platform';
import type { ApiKey as ApiKeyFacts } from '../../domain/api-key.js';
import { KEY_SCOPES } from '../../domain/permissions.js';
import { ApiMode } from '../enums.js';

@ObjectType({
  description: 'A secret of a business for its programs. The secret itself is shown only when it is made.',
})
export class ApiKey {
  @Field(() => ID)
  id!: string;

  @Field(() => ApiMode)
  mode!: ApiMode;

  @Field(() => String)
  name!: string;

  @Field(() => String, { description: 'The last four letters of the secret.' })
  hint!: string;

  @Field(() => [String], { description: 'What it may do: permissions, such as "messages:send".' })
  scopes!: string[];

  @Field(() => ID, { description: 'The member who made it.' })
  createdBy!: string;

  @Field(() => GraphQLISODateTime)
  createdAt!: Date;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'From then on it is refused; null: it does not end by itself.',
  })
  expiresAt!: Date | null;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'Since then it is refused; null: it is not revoked.',
  })
  revokedAt!: Date | null;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'When it was last used, to the minute; null: never.',
  })
  lastUsedAt!: Date | null;
}

export const ApiKeyConnection = connectionType(ApiKey, 'ApiKeyConnection');

@InputType()
export class CreateApiKeyInput {
  @Field(() => ApiMode, { defaultValue: ApiMode.LIVE, description: 'Whom it is for; it stays so for good.' })
  mode!: ApiMode;

  @Field(() => String, { description: 'What you will know it by, 1 to 120 characters.' })
  name!: string;

  @Field(() => [String], { description: `What it may do, at least one of ${KEY_SCOPES.join(', ')}.` })
  scopes!: string[];

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When it ends by itself; in the future.' })
  expiresAt?: Date | null;
}

@ObjectType()
export class CreateApiKeyPayload {
  @Field(() => String, {
    description: 'The key, `ak_live_…` or `ak_test_…`. Keep it now: it is never shown again.',
  })
  secret!: string;

  @Field(() => ApiKey)
  apiKey!: ApiKey;
}

@ObjectType({
  implements: () => Refusal,
  description: '`TOO_MANY_KEYS`: a business has at most 50 live keys.',
})
export class CreateApiKeyRefused extends Refusal {}

export const CreateApiKeyResult = resultUnion('CreateApiKeyResult', [
  CreateApiKeyPayload,
  CreateApiKeyRefused,
]);

@InputType()
export class RevokeApiKeyInput {
  @Field(() => ID)
  id!: string;
}

@ObjectType()
export class RevokeApiKeyPayload {
  @Field(() => ApiKey)
  apiKey!: ApiKey;
}

@ObjectType({
  implements: () => Refusal,
  description: '`KEY_NOT_FOUND`: this business has no key with that id.',
})
export class RevokeApiKeyRefused extends Refusal {}

export const RevokeApiKeyResult = resultUnion('RevokeApiKeyResult', [
  RevokeApiKeyPayload,
  RevokeApiKeyRefused,
]);

export function toApiKey(key: ApiKeyFacts): ApiKey {
  return { ...key, id: publicId('key', key.id), createdBy: publicId('mem', key.createdBy) };
}
