import { Injectable } from '@nestjs/common';
import type { BusinessViewer } from '@assent/accounts';
import { read } from '../domain/conversation.js';
import { StaffInboxStore } from '../persistence/staff-inbox.store.js';
import {
  ChangeConversation,
  type ChangedConversation,
  type ConversationRefused,
} from './change-conversation.js';

/** Most messages that one request makes READ. */
const MOST_READ = 1_000;

/** Somebody of a business has read a conversation. */
@Injectable()
export class MarkConversationRead {
  constructor(
    private readonly change: ChangeConversation,
    private readonly store: StaffInboxStore,
  ) {}

  /** The newest 1,000 messages that are unread; `unread` says whether more are. */
  execute(viewer: BusinessViewer, contact: string): Promise<ChangedConversation | ConversationRefused> {
    return this.change.execute(viewer, contact, 'READ', async ({ tx, locked: { conversation }, by, now }) =>
      read(conversation, await this.store.markRead(tx, conversation, MOST_READ, now), by, now),
    );
  }
}
