/** Reasons for which a message is refused, or suppressed at dispatch. Stable: programs rely on them. */
export const REASONS = {
  BUSINESS_NOT_VERIFIED:
    'Only a verified business may send. Submit your verification and wait for its approval.',
  BUSINESS_SUSPENDED: 'This business is suspended and may not send.',
  CONTACT_UNKNOWN: 'This is not one of your contacts. Use an id from contacts.',
  CONTACT_GONE:
    'This contact is gone: they left, or their number has another owner. Remove it from your list.',
  CONTACT_BLOCKED: 'This person has blocked your business. Only they can undo it.',
  CONSENT_STOPPED: 'This person has stopped such messages. Only they can undo it.',
  CONSENT_MISSING: 'This purpose needs an opt-in, and this person has not given it.',
  QUIET_HOURS:
    'These are quiet hours of this person. Marketing waits until they end; refused: they never do, as far as is known.',
  PAUSED: 'This person has paused messages. Only AUTHENTICATION passes before the end of the pause.',
  MARKETING_CAP:
    'This person has seen as much marketing of all businesses as they may in 24 hours. More waits; refused: they want none.',
  PAIR_LIMIT: 'Too many messages to this person in a short time. Send again at retryAt.',
  REACH_TIER: 'Your reach tier is used up: no new person can be messaged before retryAt.',
  IDEMPOTENCY_CONFLICT:
    'This idempotency key was used for another message in the last 7 days. Use a new key for a new message.',
} as const;

export type Reason = keyof typeof REASONS;

/** The outcome of all gates for one message. */
export type Decision = { outcome: 'ALLOWED' } | Deferred | Refused;

/** It may go, but not become visible before a time: the earliest one, as far as is known now. */
export interface Deferred {
  outcome: 'DEFERRED';
  reason: Reason;
  until: Date;
}

/** A refusal, with the earliest time at which the same message would pass; null where waiting does not help. */
export interface Refused {
  outcome: 'REFUSED';
  reason: Reason;
  retryAt: Date | null;
}

export const ALLOWED: Decision = { outcome: 'ALLOWED' };

export function refused(reason: Reason, retryAt: Date | null = null): Refused {
  return { outcome: 'REFUSED', reason, retryAt };
}

export function deferred(reason: Reason, until: Date): Deferred {
  return { outcome: 'DEFERRED', reason, until };
}
