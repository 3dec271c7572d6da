import { Injectable } from '@nestjs/common';
import type { BusinessViewer } from '@assent/accounts';
import { closesAt } from '../domain/service-window.js';
import { MessageStore } from '../persistence/message.store.js';

/** A service window as it is now. */
export interface ReadWindow {
  open: boolean;
  closesAt: Date;
}

/** Reads until when a business may answer in its own words. */
@Injectable()
export class ReadServiceWindows {
  constructor(private readonly messages: MessageStore) {}

  /** By the id of the contact; who never wrote is left out. */
  async ofContacts({ businessId }: BusinessViewer, ids: readonly string[]): Promise<Map<string, ReadWindow>> {
    const wrote = await this.messages.lastInbound(businessId, ids);
    return new Map(
      wrote.map(({ contactId, at, now }) => {
        const end = closesAt(at);
        return [contactId, { open: now < end, closesAt: end }];
      }),
    );
  }
}
