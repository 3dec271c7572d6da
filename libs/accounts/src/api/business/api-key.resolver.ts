import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentViewer, Idempotent, PageArgs, Permission, publicId, toConnection } from '@assent/platform';
import { Refused } from '../../domain/refused.js';
import { BusinessViewer } from '../../domain/viewers.js';
import { CreateApiKey } from '../../use-cases/create-api-key.js';
import { ListApiKeys } from '../../use-cases/list-api-keys.js';
import { RevokeApiKey } from '../../use-cases/revoke-api-key.js';
import { toRefusal } from '../refusals.js';
import {
  ApiKeyConnection,
  CreateApiKeyInput,
  CreateApiKeyPayload,
  CreateApiKeyRefused,
  CreateApiKeyResult,
  RevokeApiKeyInput,
  RevokeApiKeyPayload,
  RevokeApiKeyRefused,
  RevokeApiKeyResult,
  toApiKey,
} from './api-key.types.js';

@Resolver()
export class ApiKeyResolver {
  constructor(
    private readonly createKey: CreateApiKey,
    private readonly revokeKey: RevokeApiKey,
    private readonly listKeys: ListApiKeys,
  ) {}

  @Permission('keys:manage')
  @Query(() => ApiKeyConnection, {
    description:
      'API keys of the business, newest first; revoked and expired ones too. Members with the role OWNER or ADMIN.',
  })
  async apiKeys(@CurrentViewer() viewer: BusinessViewer, @Args() page: PageArgs) {
    const keys = await this.listKeys.execute(viewer, page);
    return toConnection(keys, page.first, toApiKey, ({ id }) => publicId('key', id));
  }

  @Permission('keys:manage')
  @Idempotent()
  @Mutation(() => CreateApiKeyResult, {
    description:
      'Makes an API key and shows its secret, this once. With a key of TEST mode you test your integration before you are verified. Members with the role OWNER or ADMIN; at most 50 live keys. Refusals: `TOO_MANY_KEYS`.',
  })
  async createApiKey(
    @CurrentViewer() viewer: BusinessViewer,
    @Args('input') input: CreateApiKeyInput,
  ): Promise<typeof CreateApiKeyResult> {
    const made = await this.createKey.execute(viewer, input);
    if (made instanceof Refused) return toRefusal(CreateApiKeyRefused, made);
    return Object.assign(new CreateApiKeyPayload(), { secret: made.secret, apiKey: toApiKey(made.key) });
  }

  @Permission('keys:manage')
  @Mutation(() => RevokeApiKeyResult, {
    description:
      'Ends an API key: every request that begins after the answer is refused. Revoking it again changes nothing. Members with the role OWNER or ADMIN. Refusals: `KEY_NOT_FOUND`.',
  })
  async revokeApiKey(
    @CurrentViewer() viewer: BusinessViewer,
    @Args('input') { id }: RevokeApiKeyInput,
  ): Promise<typeof RevokeApiKeyResult> {
    const revoked = await this.revokeKey.execute(viewer, id);
    if (revoked instanceof Refused) return toRefusal(RevokeApiKeyRefused, revoked);
    return Object.assign(new RevokeApiKeyPayload(), { apiKey: toApiKey(revoked) });
  }
}
