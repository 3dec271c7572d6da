import { Injectable } from '@nestjs/common';
import { Database } from '@assent/platform';
import { type BusinessHandOff, HandedOffStore } from '../persistence/handed-off.store.js';

/** What became of a business's messages at carriers. */
@Injectable()
export class ReadHandOffs {
  constructor(
    private readonly database: Database,
    private readonly store: HandedOffStore,
  ) {}

  /** By message, those that have any; the ids are those of messages that this business may read. */
  async execute(businessId: string, messageIds: readonly string[]): Promise<Map<string, BusinessHandOff[]>> {
    const all = await this.database.transaction({ role: 'business', businessId }, (tx) =>
      this.store.ofMessages(tx, businessId, messageIds),
    );
    return Map.groupBy(all, ({ messageId }) => messageId);
  }
}
