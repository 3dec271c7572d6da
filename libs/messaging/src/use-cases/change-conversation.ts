import { Injectable } from '@nestjs/common';
import { type Actor, type BusinessViewer, Refused } from '@assent/accounts';
import { Database, Handles, publicId, type Transaction } from '@assent/platform';
import type { ConversationChange, StaffConversation } from '../domain/conversation.js';
import { CONVERSATION_REASONS, type ConversationReason } from '../domain/conversation-reasons.js';
import { type LockedConversation, StaffInboxStore } from '../persistence/staff-inbox.store.js';

/** A conversation as it now is, and whether this is what made it so. */
export interface ChangedConversation {
  conversation: StaffConversation;
  changed: boolean;
}

export type ConversationRefused = Refused<ConversationReason>;

/** What is done in one conversation, under its lock. */
export interface Change {
  tx: Transaction;
  locked: LockedConversation;
  by: string;
  now: Date;
}

/** Does one thing in one conversation, and tells the business so by an event, in one transaction. */
@Injectable()
export class ChangeConversation {
  constructor(
    private readonly database: Database,
    private readonly handles: Handles,
    private readonly store: StaffInboxStore,
  ) {}

  /** @param work answers the conversation itself, unchanged, where nothing is to be done */
  execute(
    viewer: BusinessViewer,
    contact: string,
    kind: ConversationChange,
    work: (
      change: Change,
    ) => StaffConversation | ConversationRefused | Promise<StaffConversation | ConversationRefused>,
  ): Promise<ChangedConversation | ConversationRefused> {
    const { businessId } = viewer;
    const contactId = this.handles.open(`business:${businessId}`, 'ctc', contact);
    return this.database.transaction({ role: 'business', businessId }, async (tx) => {
      const locked = contactId && (await this.store.lock(tx, businessId, contactId));
      if (!locked) return refusedFor('CONVERSATION_UNKNOWN');
      const by = actorId(viewer.actor);
      const now = await tx.now();
      const outcome = await work({ tx, locked, by, now });
      if (outcome instanceof Refused) return outcome;
      const changed = outcome !== locked.conversation;
      if (changed) await this.store.save(tx, outcome, kind, by, now);
      return { conversation: outcome, changed };
    });
  }
}

/** Who acts, as the business knows them. */
export function actorId(actor: Actor): string {
  return 'memberId' in actor ? publicId('mem', actor.memberId) : publicId('key', actor.apiKeyId);
}

export function refusedFor(reason: ConversationReason): ConversationRefused {
  return new Refused(reason, CONVERSATION_REASONS[reason].message);
}
