import type { Reason } from './decision.js';
import type { DispatchFacts, Draft } from './facts.js';
import { decide, DISPATCH_GATES } from './gates.js';

/** A queued message, as far as dispatch looks at it. */
export interface QueuedMessage extends Draft {
  id: string;
  seq: number;
  /** Not ACCEPTED when a stop has already ended it: then dispatch passes over it. */
  status: string;
}

/** A claimed conversation with its next messages, loaded under its person's guard. */
export interface ClaimedConversation extends DispatchFacts {
  lane: number;
  personId: string;
  contactId: string;
  businessId: string;
  fence: number;
  messages: QueuedMessage[];
  /** Whether there may be more messages than were loaded. */
  more: boolean;
}

/** What becomes of one queued message: visible with its number in the person's inbox, or suppressed. */
export interface DispatchedMessage {
  conversation: ClaimedConversation;
  message: QueuedMessage;
  inboxSeq: number | null;
  reason: Reason | null;
}

/**
 * Decides again, at the moment of making messages visible, in the order of each conversation. Numbers of inboxes go
 * on from `inboxSeqs` (by person), which is changed in place.
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
        planned.push({ conversation, message, inboxSeq: null, reason: decision.reason });
        continue;
      }
      const inboxSeq = (inboxSeqs.get(conversation.personId) ?? 0) + 1;
      inboxSeqs.set(conversation.personId, inboxSeq);
      planned.push({ conversation, message, inboxSeq, reason: null });
    }
  }
  return planned;
}
