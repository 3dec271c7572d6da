import { ALLOWED, type Decision } from './decision.js';
import { decide } from './decide.js';
import type { Draft, SendingFacts } from './facts.js';
import { businessGate } from './gates/business.js';
import { consentGate } from './gates/consent.js';
import { contactGate } from './gates/contact.js';
import type { Gate } from './gates/gate.js';
import { businessSwitchGate } from './gates/kill-switch.js';
import { pauseGate, quietHoursGate } from './gates/quiet-hours.js';
import { restrictionGate } from './gates/restriction.js';
import { windowGate } from './gates/service-window.js';
import type { SealedContent } from './message.js';

/** Whose reaction it is. Each side has one to a message at most. */
export const ReactionSide = { BUSINESS: 'BUSINESS', PERSON: 'PERSON' } as const;
export type ReactionSide = keyof typeof ReactionSide;

/** A reaction as it is stored: its emoji is content, and sealed. */
export interface StoredReaction {
  messageId: string;
  side: ReactionSide;
  at: Date;
  content: SealedContent;
}

/** What a reaction is as a message: an answer in free words. It waits for nothing: what would wait is refused. */
const ANSWER: Draft = { purpose: 'SERVICE', template: null, whenLimited: 'REFUSE' };

/**
 * A business may react where it may answer in its own words now. What counts messages does not count reactions: it has one
 * for each that the two wrote, at most.
 */
const GATES: readonly Gate<SendingFacts>[] = [
  businessGate,
  businessSwitchGate,
  restrictionGate,
  contactGate,
  consentGate,
  windowGate,
  quietHoursGate,
  pauseGate,
];

/** Decides whether a business may react to something that is said in a conversation; taking it back is always let through. */
export function judgeReaction(emoji: string | null, facts: SendingFacts): Decision {
  return emoji === null ? ALLOWED : decide(GATES, ANSWER, facts);
}
