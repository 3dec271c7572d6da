import { Refused, toRefusal } from '@assent/accounts';
import type { StaffConversation } from '../../domain/conversation.js';
import type { ChangedConversation, ConversationRefused } from '../../use-cases/change-conversation.js';
import type { Conversation } from './conversation.types.js';
import { ConversationPayload, ConversationRefusal } from './conversation.types.js';

export function toConversation(stored: StaffConversation): Conversation {
  const { state, unread, notes, lastWroteAt, readAt, readBy, closedAt, closedBy } = stored;
  return { state, unread, notes, lastWroteAt, readAt, readBy, closedAt, closedBy, stored };
}

/** What became of something that was to be done in a conversation. */
export function toConversationResult(
  outcome: ChangedConversation | ConversationRefused,
): ConversationPayload | ConversationRefusal {
  if (outcome instanceof Refused) return toRefusal(ConversationRefusal, outcome);
  const { conversation, changed } = outcome;
  return Object.assign(new ConversationPayload(), { conversation: toConversation(conversation), changed });
}
