import type { DocumentedReason, ReasonCatalogue } from '@assent/accounts';

const STAFF = 'Staff, or an API key, of the business.';
const NOT_BY_WAITING = 'No: `retryAt` is null, because waiting does not help.';

/** Reasons for which something is not done in the inbox of staff. Stable: programs rely on them. */
export const CONVERSATION_REASONS = {
  CONVERSATION_UNKNOWN: {
    message: 'There is no conversation with such a contact: they have not written to you, or they are gone.',
    seenBy: STAFF,
    means:
      'A conversation is in the inbox of staff from the first message of its person until they are erased. An id of another business is answered alike.',
    todo: 'Take contacts from `conversations`.',
    later: `${NOT_BY_WAITING} It passes once the person writes to you.`,
  },
  CONTACT_UNKNOWN: {
    message: 'This is not one of your contacts, or they are gone. Use an id from contacts.',
    seenBy: STAFF,
    means: 'The id is no contact of this business, or nobody is behind it any more.',
    todo: 'Take ids from `contacts`.',
    later: NOT_BY_WAITING,
  },
  MEMBER_UNKNOWN: {
    message: 'This is none of your members. Use an id from members.',
    seenBy: STAFF,
    means: 'The id is no member of this business.',
    todo: 'Take ids from `members`.',
    later: NOT_BY_WAITING,
  },
  ASSIGNEE_MAY_NOT: {
    message: 'This member may not answer people, so they can not be given a conversation.',
    seenBy: STAFF,
    means: 'The role of the member does not have `conversations:manage`: an ANALYST only reads.',
    todo: 'Choose an OWNER, ADMIN or AGENT.',
    later: NOT_BY_WAITING,
  },
  TOO_MANY_NOTES: {
    message: 'This conversation has 1,000 notes. Delete some that are no longer needed.',
    seenBy: STAFF,
    means: 'A conversation has room for 1,000 notes.',
    todo: 'Delete notes with `deleteConversationNote`.',
    later: `${NOT_BY_WAITING} It passes once a note was deleted.`,
  },
  NOTE_UNKNOWN: {
    message: 'There is no such note. It may have been deleted.',
    seenBy: STAFF,
    means: 'The id is no note of this business, or no longer one.',
    todo: 'Take ids from `conversationNotes`.',
    later: NOT_BY_WAITING,
  },
  NOT_THE_AUTHOR: {
    message: 'Only who wrote a note, or an OWNER or ADMIN, may delete it.',
    seenBy: STAFF,
    means: 'Somebody else wrote the note.',
    todo: 'Ask its author, an OWNER or an ADMIN.',
    later: NOT_BY_WAITING,
  },
  IDEMPOTENCY_CONFLICT: {
    message: 'This idempotency key was used for another note of this conversation. Use a new key.',
    seenBy: STAFF,
    means: 'A note of the conversation has the key and another text. Nothing was done.',
    todo: 'Use a key of its own for each note.',
    later: `${NOT_BY_WAITING} The key is free again once that note was deleted.`,
  },
} as const satisfies Record<string, DocumentedReason>;

export type ConversationReason = keyof typeof CONVERSATION_REASONS;

export const CONVERSATIONS: ReasonCatalogue = {
  title: 'The inbox of staff',
  about:
    'Answered by `assignConversation`, `closeConversation`, `reopenConversation`, `markConversationRead`, `addConversationNote`, `deleteConversationNote`, `blockContact` and `unblockContact`.',
  reasons: CONVERSATION_REASONS,
};
