import { decide } from './decide.js';
import { deferred, type Deferred } from './decision.js';
import type { ContactFacts, DispatchFacts, Draft } from './facts.js';
import { DISPATCH_GATES } from './gates.js';
import type { MessagePurpose } from './message.js';
import type { Reason } from './reasons.js';
import { decideScheduled, type LimitsToSpend, type ScheduledDecision } from './scheduled.js';
import type { Spent } from './situation.js';
import { moreUrgent } from './turns.js';

/** A queued message, or one that waited and is due, as far as dispatch looks at it. */
export interface QueuedMessage extends Draft {
  purpose: MessagePurpose;
  id: string;
  seq: number;
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
  /** Where its row is in the queue, which it does not leave while it is locked. */
  place: string;
  /** What it was claimed as; and then of what makes it due again. */
  priority: MessagePurpose;
  /** In their order. */
  messages: QueuedMessage[];
  /** Number of the first message that was not loaded. */
  nextSeq: number;
  /** When there is something to do again; null: never, as far as is known. */
  dueAt: Date | null;
  /** What its scheduled messages that are due spend now; undefined: there are none. */
  toSpend?: LimitsToSpend;
}

/** What becomes of one message. */
export type DispatchedMessage = {
  conversation: ClaimedConversation;
  message: QueuedMessage;
  /** What it spent now, where it was scheduled. */
  spent?: Spent;
  /** Until when it waits at most behind a sample, where it was scheduled. */
  pacedUntil?: Date;
} & (
  { outcome: 'VISIBLE'; inboxSeq: number } | { outcome: 'SUPPRESSED' | 'EXPIRED'; reason: Reason } | Deferred
);

/** Whether a message was scheduled, and its time has come: then it spends limits now. */
export function isDueBySchedule({ sendAt, status }: QueuedMessage, now: Date): boolean {
  return status === 'ACCEPTED' && Boolean(sendAt && sendAt <= now);
}

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
      const { now } = conversation;
      if (message.expiresAt && message.expiresAt <= now) {
        planned.push({ conversation, message, outcome: 'EXPIRED', reason: 'VALIDITY_ENDED' });
        continue;
      }
      const { decision, spent, pacedUntil } = decideQueued(message, conversation);
      if (decision.outcome === 'REFUSED') {
        planned.push({ conversation, message, outcome: 'SUPPRESSED', reason: decision.reason });
      } else if (decision.outcome === 'DEFERRED') {
        isDueAgain(conversation, decision.until, message.purpose);
        const waits = { ...(spent && { spent }), ...(pacedUntil && { pacedUntil }) };
        planned.push({ conversation, message, ...waits, ...decision });
      } else {
        const inboxSeq = (inboxSeqs.get(conversation.personId) ?? 0) + 1;
        inboxSeqs.set(conversation.personId, inboxSeq);
        if (conversation.contact) see(conversation.contact, message, now);
        planned.push({ conversation, message, ...(spent && { spent }), outcome: 'VISIBLE', inboxSeq });
      }
    }
  }
  return planned;
}

/** What is scheduled is left alone before its time: nothing ends it that may be over by then. */
function decideQueued(message: QueuedMessage, conversation: ClaimedConversation): ScheduledDecision {
  const { sendAt } = message;
  if (!sendAt) return { decision: decide(DISPATCH_GATES, message, conversation) };
  if (sendAt > conversation.now) return { decision: deferred('SCHEDULED', sendAt) };
  if (!conversation.toSpend) throw new Error('The limits of a scheduled message were not loaded');
  return decideScheduled(message, conversation, conversation.toSpend);
}

function see({ person, marketing }: ContactFacts, { purpose }: Draft, now: Date): void {
  if (purpose !== 'AUTHENTICATION') person.interruptedAt.unshift(now);
  if (purpose !== 'MARKETING') return;
  person.marketingSeenAt.unshift(now);
  marketing.seenAt.unshift(now);
  marketing.unread += 1;
}

/** There is something to do again then: what is due first says how urgent that is. */
export function isDueAgain(conversation: ClaimedConversation, at: Date, priority: MessagePurpose): void {
  const { dueAt } = conversation;
  if (dueAt && dueAt < at) return;
  const alsoDue = dueAt?.getTime() === at.getTime();
  conversation.priority = alsoDue ? moreUrgent(conversation.priority, priority) : priority;
  conversation.dueAt = at;
}
