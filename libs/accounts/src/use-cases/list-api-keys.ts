import { Injectable } from '@nestjs/common';
import { Database, type PageArgs, readPage } from '@assent/platform';
import type { ApiKey } from '../domain/api-key.js';
import type { BusinessViewer } from '../domain/viewers.js';
import { ApiKeyStore } from '../persistence/api-key.store.js';

/** Lists the API keys of a business, revoked and expired ones too, newest first. */
@Injectable()
export class ListApiKeys {
  constructor(
    private readonly database: Database,
    private readonly apiKeys: ApiKeyStore,
  ) {}

  /** One row more than a page holds, if there is one. */
  async execute({ businessId }: BusinessViewer, args: PageArgs): Promise<ApiKey[]> {
    const { first, after } = readPage('apiKeys', 'key', args);
    return this.database.transaction({ role: 'business', businessId }, (tx) =>
      this.apiKeys.page(tx, businessId, first, after),
    );
  }
}
