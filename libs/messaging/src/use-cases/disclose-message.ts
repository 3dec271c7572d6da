import { Injectable } from '@nestjs/common';
import type { PersonKey, Transaction } from '@assent/platform';
import { ContentVault } from '../persistence/content-vault.js';
import { PersonMessageStore } from '../persistence/person-message.store.js';

/** A message that a person received, opened. */
export interface DisclosedMessage {
  businessId: string;
  contactId: string;
  receivedAt: Date;
  text: string;
}

/** Opens one message for the person who received it, so that they can show it to somebody else. */
@Injectable()
export class DiscloseMessage {
  constructor(
    private readonly store: PersonMessageStore,
    private readonly vault: ContentVault,
  ) {}

  /** In the role of the person. @returns undefined where it never became visible to them, or its text is gone */
  async execute(tx: Transaction, person: PersonKey, id: string): Promise<DisclosedMessage | undefined> {
    const message = await this.store.received(tx, person, id);
    const text = message && this.vault.open(id, message.content);
    if (!message || text === null || text === undefined) return undefined;
    const { businessId, receivedAt, content } = message;
    return { businessId, contactId: content.contactId, receivedAt, text };
  }
}
