import { Injectable } from '@nestjs/common';
import type { BusinessViewer } from '@assent/accounts';
import { appendEvents, Database, Handles, Hints } from '@assent/platform';
import { ContactBlockStore } from '../persistence/contact-block.store.js';
import { SuppressQueued } from '../persistence/suppress-queued.js';
import { actorId, type ConversationRefused, refusedFor } from './change-conversation.js';

/** A contact as it now is, and whether this is what made it so. */
export interface ContactBlock {
  contactId: string;
  /** Null: it is not blocked. */
  blockedAt: Date | null;
  changed: boolean;
}

/**
 * A business blocks a contact, and takes that back. From the commit of a block on nothing goes either way; what was queued
 * ends. What the person allows and has stopped is theirs, and stays as it is.
 */
@Injectable()
export class BlockContact {
  constructor(
    private readonly database: Database,
    private readonly handles: Handles,
    private readonly hints: Hints,
    private readonly store: ContactBlockStore,
    private readonly queued: SuppressQueued,
  ) {}

  async execute(
    { businessId, actor }: BusinessViewer,
    contact: string,
    block: boolean,
  ): Promise<ContactBlock | ConversationRefused> {
    const contactId = this.handles.open(`business:${businessId}`, 'ctc', contact);
    return this.database.transaction({ role: 'engine' }, async (tx) => {
      const load = contactId && (await this.store.lockAndLoad(tx, businessId, contactId));
      if (!load) return refusedFor('CONTACT_UNKNOWN');
      const { person, blockedAt, now } = load;
      if (block === (blockedAt !== null)) return { contactId, blockedAt, changed: false };
      await this.store.set(tx, businessId, contactId, block ? now : null);
      if (block) await this.queued.endOf(tx, person, businessId, 'BLOCKED_BY_YOU', now);
      await appendEvents(tx, [
        {
          businessId,
          type: 'contact.block_changed',
          contact: { lane: person.lane, id: contactId },
          data: { blocked: block, by: actorId(actor) },
          at: now,
        },
      ]);
      tx.afterCommit(() => this.hints.send([`business:${businessId}`]));
      return { contactId, blockedAt: block ? now : null, changed: true };
    });
  }

  /** Since when each of these contacts is blocked, by id; for `loaderOf`. */
  times({ businessId }: BusinessViewer, contactIds: readonly string[]): Promise<Map<string, Date>> {
    return this.store.times(businessId, contactIds);
  }
}
