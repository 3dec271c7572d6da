import type { WhenLimited } from './message.js';
import type { Reason } from './reasons.js';

/** The outcome of all gates for one message. */
export type Decision = { outcome: 'ALLOWED' } | Objection;

/** What a gate says against a message. */
export type Objection = Deferred | Refused;

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
  /** The parameter of a template that it is about. */
  parameter?: string;
}

export const ALLOWED: Decision = { outcome: 'ALLOWED' };

export function refused(reason: Reason, retryAt: Date | null = null, parameter?: string): Refused {
  return { outcome: 'REFUSED', reason, retryAt, ...(parameter === undefined ? {} : { parameter }) };
}

export function deferred(reason: Reason, until: Date): Deferred {
  return { outcome: 'DEFERRED', reason, until };
}

/** An objection that passes by waiting until a time (null: never), as a deferral or a refusal, whichever its sender chose. */
export function limited(reason: Reason, until: Date | null, whenLimited: WhenLimited): Objection {
  return until && whenLimited === 'DEFER' ? deferred(reason, until) : refused(reason, until);
}
