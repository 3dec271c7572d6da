import { Injectable } from '@nestjs/common';
import { Database, parsePublicId } from '@assent/platform';
import { ACCOUNT_REASONS } from '../domain/account-reasons.js';
import type { ApiKey } from '../domain/api-key.js';
import { Refused } from '../domain/refused.js';
import type { BusinessViewer } from '../domain/viewers.js';
import { ApiKeyStore } from '../persistence/api-key.store.js';

/** Ends an API key: every request that begins after this answer is refused. */
@Injectable()
export class RevokeApiKey {
  constructor(
    private readonly database: Database,
    private readonly apiKeys: ApiKeyStore,
  ) {}

  async execute(
    { businessId }: BusinessViewer,
    publicKeyId: string,
  ): Promise<ApiKey | Refused<'KEY_NOT_FOUND'>> {
    const id = parsePublicId('key', publicKeyId);
    const revoked =
      id &&
      (await this.database.transaction({ role: 'business', businessId }, (tx) =>
        this.apiKeys.revoke(tx, businessId, id),
      ));
    return revoked || new Refused('KEY_NOT_FOUND', ACCOUNT_REASONS.KEY_NOT_FOUND.message);
  }
}
