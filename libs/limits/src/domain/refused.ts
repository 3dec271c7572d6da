import type { LimitReason } from './limit-reasons.js';

/** Why something that was asked for properly was not done: becomes a `Refusal` at the edge. */
export class Refused<Reason extends LimitReason = LimitReason> {
  constructor(
    readonly reason: Reason,
    /** A sentence for people: what is wrong, and what to do. */
    readonly message: string,
    /** Earliest time at which the same request would pass; null where waiting does not help. */
    readonly retryAt: Date | null = null,
  ) {}
}
