import { decide } from './decide.js';
import type { Deferred } from './decision.js';
import type { ContactFacts, DispatchFacts, Draft } from './facts.js';
import { DISPATCH_GATES } from './gates.js';
import type { MessagePurpose } from './message.js';
import type { Reason } from './reasons.js';

/** A queued message, or one that waited and is due, as far as dispatch looks at it. */
export interface QueuedMessage extends Draft {
  purpose: MessagePurpose;
  id: string;
  seq: number;
  /** Null: free-form. */
  templateId?: string | null;
  /** Not ACCEPTED when a stop has already ended it: then dispatch passes over it. */
  status: string;
  /** Whether it was deferred before, and has left the order of its conversation. */
  waited: boolean;
}

/** A claimed conversation with what is due of it, loaded under its person's guard. */
export interface ClaimedConversation extends DispatchFacts {
  lane: number;
  personId: string;
  contactId: string;
  businessId: string;
  fence: number;
  /** In their order. */
  messages: QueuedMessage[];
  /** Number of the first message that was not loaded. */
  nextSeq: number;
  /** When there is something to do again; null: never, as far as is known. */
  dueAt: Date | null;
}

/** What becomes of one message. */
export type DispatchedMessage = { conversation: ClaimedConversation; message: QueuedMessage } & (
  { outcome: 'VISIBLE'; inboxSeq: number } | { outcome: 'SUPPRESSED'; reason: Reason } | Deferred
);

/**
 * Decides again, at the moment of making messages visible, in the order of each conversation; a deferred message holds
 * up none behind it. What one message spends the next one sees: facts, and the numbers of inboxes (by person), which
 * go on from `inboxSeqs`, are changed in place.
 */
export function planDispatch(
  conversations: ClaimedConversation[],
  inboxSeqs: Map<string, number>,
): DispatchedMessage[] {
  const planned: DispatchedMessage[] = [];
  for (const conversation of conversations) {
    for (const message of conversation.messages) {
      if (message.status !== 'ACCEPTED') continue;
      const decision = decide(DISPATCH_GATES, message, conversation);
      if (decision.outcome === 'REFUSED') {
        planned.push({ conversation, message, outcome: 'SUPPRESSED', reason: decision.reason });
      } else if (decision.outcome === 'DEFERRED') {
        conversation.dueAt = earlier(conversation.dueAt, decision.until);
        planned.push({ conversation, message, ...decision });
      } else {
        const inboxSeq = (inboxSeqs.get(conversation.personId) ?? 0) + 1;
        inboxSeqs.set(conversation.personId, inboxSeq);
        if (conversation.contact) spend(conversation.contact, message, conversation.now);
        planned.push({ conversation, message, outcome: 'VISIBLE', inboxSeq });
      }
    }
  }
  return planned;
}

function spend({ person, marketing }: ContactFacts, { purpose }: Draft, now: Date): void {
  if (purpose !== 'AUTHENTICATION') person.interruptedAt.unshift(now);
  if (purpose !== 'MARKETING') return;
  person.marketingSeenAt.unshift(now);
  marketing.seenAt.unshift(now);
  marketing.unread += 1;
}

function earlier(known: Date | null, other: Date): Date {
  return known && known < other ? known : other;
}
