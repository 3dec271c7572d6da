import { Injectable } from '@nestjs/common';
import type { BusinessViewer } from '@assent/accounts';
import { closed, reopened } from '../domain/conversation.js';
import {
  ChangeConversation,
  type ChangedConversation,
  type ConversationRefused,
} from './change-conversation.js';

/** Closes a conversation that nothing is left to do in, and takes that back. What the person writes opens it again. */
@Injectable()
export class CloseConversation {
  constructor(private readonly change: ChangeConversation) {}

  close(viewer: BusinessViewer, contact: string): Promise<ChangedConversation | ConversationRefused> {
    return this.change.execute(viewer, contact, 'CLOSED', ({ locked, by, now }) =>
      closed(locked.conversation, by, now),
    );
  }

  reopen(viewer: BusinessViewer, contact: string): Promise<ChangedConversation | ConversationRefused> {
    return this.change.execute(viewer, contact, 'REOPENED', ({ locked }) => reopened(locked.conversation));
  }
}
