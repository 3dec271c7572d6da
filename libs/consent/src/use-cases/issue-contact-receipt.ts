import { Injectable } from '@nestjs/common';
import type { PersonKey } from '@assent/platform';
import { type NotCovered, ProveEvent } from './prove-event.js';
import { WriteReceipt } from './write-receipt.js';

/** Which event of whom, and how its business knows both. */
export interface ContactEvent {
  businessId: string;
  person: PersonKey;
  contactHandle: string;
  eventId: string;
  eventHandle: string;
}

/** A business's receipt as it is handed out. */
export interface IssuedContactReceipt {
  leafIndex: number;
  /** Signed JSON. */
  document: string;
}

/** Makes a business's signed receipt of an event that names it. */
@Injectable()
export class IssueContactReceipt {
  constructor(
    private readonly prove: ProveEvent,
    private readonly write: WriteReceipt,
  ) {}

  /**
   * Waits up to 2 s for the log to cover an event that has just happened. The caller has made sure that the person is behind
   * a contact of the business.
   * @returns undefined where the person has no such event that names this business
   */
  async execute(asked: ContactEvent): Promise<IssuedContactReceipt | NotCovered | undefined> {
    const proven = await this.prove.execute(
      { role: 'engine' },
      asked.person,
      asked.eventId,
      ({ businessId }) => businessId === asked.businessId,
    );
    if (!proven || 'retryAt' in proven) return proven;
    const receipt = await this.write.forContact(proven, {
      contact: asked.contactHandle,
      event: asked.eventHandle,
    });
    return { leafIndex: proven.proof.leaf, document: JSON.stringify(receipt, null, 2) };
  }
}
