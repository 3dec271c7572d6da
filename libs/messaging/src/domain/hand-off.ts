import type { CarrierName, HandedOver } from '@assent/carriers';
import { decide } from './decide.js';
import type { DispatchFacts } from './facts.js';
import { HAND_OFF_GATES } from './gates.js';
import type { MessagePurpose, MessageStatus } from './message.js';
import type { Reason } from './reasons.js';

/** Where a hand-off to a carrier is on its way. */
export const HandOffState = {
  WAITING: 'WAITING',
  HANDING: 'HANDING',
  HANDED: 'HANDED',
  DELIVERED: 'DELIVERED',
  FAILED: 'FAILED',
  SUPPRESSED: 'SUPPRESSED',
  NOT_NEEDED: 'NOT_NEEDED',
} as const;
export type HandOffState = keyof typeof HandOffState;

/** Why one ended that no gate ended. */
export type HandOffFailure =
  /** The carrier will not take it. */
  | 'REFUSED'
  /** Nobody took it for as long as it is worth anything. */
  | 'EXPIRED'
  /** It may have left, and must not leave twice. */
  | 'UNCERTAIN'
  /** The carrier took it, and said later that it did not arrive. */
  | 'NOT_DELIVERED'
  /** The number was not proved for so long that somebody else may have it by now. */
  | 'NUMBER_UNPROVED';

/** A hand-off that this worker has claimed, loaded under its person's guard. */
export interface ClaimedHandOff extends DispatchFacts {
  lane: number;
  messageId: string;
  carrier: CarrierName;
  personId: string;
  contactId: string;
  businessId: string;
  purpose: MessagePurpose;
  /** Of its message; null: free-form. */
  templateId: string | null;
  fence: number;
  state: HandOffState;
  giveUpAt: Date;
  /** Of the message. */
  status: MessageStatus;
  /** Whether there is somewhere to hand it: a device to wake, or a person who lets it go by SMS. */
  wanted: boolean;
}

/** What is to become of a claimed hand-off. */
export type HandOffPlan =
  | { to: 'HANDING' }
  | { to: 'WAITING'; until: Date; reason: Reason }
  | { to: 'NOT_NEEDED' }
  | { to: 'SUPPRESSED'; reason: Reason }
  | { to: 'FAILED'; reason: HandOffFailure };

/**
 * Decides again, at the moment of handing over, by the gates that are about the person's will; what limits how much they
 * see was spent when the message became visible.
 * @param knowsRepeats whether the carrier takes one twice without harm
 */
export function planHandOff(handOff: ClaimedHandOff, knowsRepeats: boolean): HandOffPlan {
  const { state, status, wanted, giveUpAt, now, purpose, templateId } = handOff;
  if (state === 'HANDING' && !knowsRepeats) return { to: 'FAILED', reason: 'UNCERTAIN' };
  if (status !== 'DISPATCHED' || !wanted) return { to: 'NOT_NEEDED' };
  if (now >= giveUpAt) return { to: 'FAILED', reason: 'EXPIRED' };
  const draft = { purpose, templateId, whenLimited: 'DEFER', expiresAt: giveUpAt } as const;
  const decision = decide(HAND_OFF_GATES, draft, handOff);
  if (decision.outcome === 'REFUSED') return { to: 'SUPPRESSED', reason: decision.reason };
  if (decision.outcome === 'DEFERRED')
    return { to: 'WAITING', until: decision.until, reason: decision.reason };
  return { to: 'HANDING' };
}

const SHORTEST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 30 * 60_000;
/** Waits are spread by a quarter either way, so that what failed together does not come back together. */
const SPREAD = 0.25;

/** What comes of one that was handed over. */
export type HandOffOutcome =
  { to: 'HANDED' } | { to: 'WAITING'; until: Date } | { to: 'FAILED'; reason: HandOffFailure };

/**
 * What follows from a carrier's answer: it is tried again after 5 s, 20 s, 80 s … up to half an hour, until it is given up.
 * @param attempts this one included
 * @param random from 0 to 1
 */
export function outcomeOf(
  { failure, retryAfterMs }: HandedOver,
  { attempts, giveUpAt, knowsRepeats }: { attempts: number; giveUpAt: Date; knowsRepeats: boolean },
  now: Date,
  random: number,
): HandOffOutcome {
  if (failure === null) return { to: 'HANDED' };
  if (failure === 'REFUSED') return { to: 'FAILED', reason: 'REFUSED' };
  if (failure === 'TIMED_OUT' && !knowsRepeats) return { to: 'FAILED', reason: 'UNCERTAIN' };
  const wait = Math.min(SHORTEST_WAIT_MS * 4 ** Math.min(attempts - 1, 10), LONGEST_WAIT_MS);
  const spread = wait * (1 - SPREAD + 2 * SPREAD * random);
  const until = new Date(now.getTime() + Math.max(spread, Math.min(retryAfterMs ?? 0, LONGEST_WAIT_MS)));
  return until < giveUpAt ? { to: 'WAITING', until } : { to: 'FAILED', reason: 'EXPIRED' };
}
