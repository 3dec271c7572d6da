import type { SealedContent } from './message.js';

/** Whether staff still have something to do with a conversation. It opens, and opens again, when the person writes. */
export const ConversationState = { OPEN: 'OPEN', CLOSED: 'CLOSED' } as const;
export type ConversationState = keyof typeof ConversationState;

/** What happened to a conversation in the inbox of the staff. */
export const ConversationChange = {
  ASSIGNED: 'ASSIGNED',
  CLOSED: 'CLOSED',
  REOPENED: 'REOPENED',
  READ: 'READ',
  NOTED: 'NOTED',
  NOTE_DELETED: 'NOTE_DELETED',
} as const;
export type ConversationChange = keyof typeof ConversationChange;

/** The thread of one contact, as the staff of its business work on it. */
export interface StaffConversation {
  contactId: string;
  businessId: string;
  state: ConversationState;
  /** UUID of the member; null: nobody. */
  assignedTo: string | null;
  /** Messages of the person that nobody of the business has read. */
  unread: number;
  notes: number;
  lastWroteAt: Date;
  /** When somebody of the business last read it, and who: `mem_…` or `key_…`. */
  readAt: Date | null;
  readBy: string | null;
  closedAt: Date | null;
  closedBy: string | null;
}

/** What staff wrote down about a conversation. */
export interface StoredNote {
  id: string;
  contactId: string;
  /** `mem_…` or `key_…`. */
  by: string;
  at: Date;
  content: SealedContent;
}

/** Most notes of one conversation. */
export const MOST_NOTES = 1_000;

/** Closed by somebody; one that is closed stays as it is. */
export function closed(conversation: StaffConversation, by: string, at: Date): StaffConversation {
  return conversation.state === 'CLOSED'
    ? conversation
    : { ...conversation, state: 'CLOSED', closedAt: at, closedBy: by };
}

/** Open again; one that is open stays as it is. */
export function reopened(conversation: StaffConversation): StaffConversation {
  return conversation.state === 'OPEN'
    ? conversation
    : { ...conversation, state: 'OPEN', closedAt: null, closedBy: null };
}

/** Given to a member, or to nobody; who has it keeps it. */
export function assigned(conversation: StaffConversation, memberId: string | null): StaffConversation {
  return conversation.assignedTo === memberId ? conversation : { ...conversation, assignedTo: memberId };
}

/** With fewer messages that are unread; where none was, it stays as it is. */
export function read(
  conversation: StaffConversation,
  messages: number,
  by: string,
  at: Date,
): StaffConversation {
  if (messages === 0) return conversation;
  return { ...conversation, unread: conversation.unread - messages, readAt: at, readBy: by };
}
