import { Injectable } from '@nestjs/common';
import { type PersonKey, timeOf, type Transaction } from '@assent/platform';
import type { MessageWords } from '../domain/content.js';
import { type Disclosure, judgeDisclosure, type OpenedCopy } from '../domain/disclosure.js';
import type { SealedContent } from '../domain/message.js';
import type { MessageParties } from '../domain/proven-message.js';
import { ContentVault } from '../persistence/content-vault.js';
import { MessageProofs } from '../persistence/message-proofs.js';
import { PersonMessageStore } from '../persistence/person-message.store.js';

/** A message as a device has read it, and its proof. */
export interface ShownMessage {
  words: MessageWords;
  proof: Buffer;
}

/** A message that a person received, and what of it can be shown to somebody else. */
export interface DisclosedMessage {
  businessId: string;
  contactId: string;
  /** When the platform took it from the business. */
  sentAt: Date;
  receivedAt: Date;
  disclosure: Disclosure;
}

/** Opens one message for the person who received it, so that they can show it to somebody else, who can rely on it. */
@Injectable()
export class DiscloseMessage {
  constructor(
    private readonly store: PersonMessageStore,
    private readonly vault: ContentVault,
    private readonly proofs: MessageProofs,
  ) {}

  /**
   * In the role of the person. @param shown what their device hands back; else what is stored is shown
   * @returns undefined where it never became visible to them, or its text is gone
   */
  async execute(
    tx: Transaction,
    person: PersonKey,
    id: string,
    shown?: ShownMessage,
  ): Promise<DisclosedMessage | undefined> {
    const message = await this.store.received(tx, person, id);
    if (!message) return undefined;
    const { businessId, receivedAt, content } = message;
    const { contactId } = content;
    const parties = { businessId, contactId, personId: person.personId };
    const disclosure = judgeDisclosure(
      this.stored(id, parties, content),
      shown && { ...shown, holds: this.proofs.holds(shown.proof, id, parties, shown.words) },
    );
    return disclosure && { businessId, contactId, sentAt: new Date(timeOf(id)), receivedAt, disclosure };
  }

  private stored(id: string, parties: MessageParties, content: SealedContent): OpenedCopy {
    let opened;
    try {
      opened = this.vault.openAll(id, content);
    } catch {
      // Bytes, key, salt or id are not those that it was sealed with.
      return { state: 'CHANGED' };
    }
    if (!opened) return { state: 'ERASED' };
    const { proof, ...words } = opened;
    if (!proof) return { state: 'UNPROVEN', words };
    return this.proofs.holds(proof, id, parties, words)
      ? { state: 'AS_SENT', words, proof }
      : { state: 'CHANGED' };
  }
}
