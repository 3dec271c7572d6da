import type { DocumentedReason } from '@assent/accounts';
import type { GateName } from './gate-names.js';

/** A reason that one of the gates gives. */
export interface GateReason extends DocumentedReason {
  gate: GateName;
}

export const SENDER = 'The business, as the refusal of a message.';
export const SENDER_LATER =
  'The business, as the refusal of a message, or as the reason why an accepted one ended `SUPPRESSED`.';
export const WAITING =
  'The business: as `deferredBecause` of an accepted message that waits, or as the refusal of a message, or as the reason ' +
  'why an accepted one ended `SUPPRESSED`.';
export const NOT_BY_WAITING = 'No: `retryAt` is null, because waiting does not help.';
export const AT_RETRY_AT = 'Yes, at `retryAt`.';
