import type { Objection } from '../decision.js';
import type { Draft } from '../facts.js';

/**
 * One rule that a message must pass, as a pure function: an objection, or nothing. It judges at `facts.now`, by its own
 * rule alone: where there is nothing to judge by, because another gate objects to that, it says nothing.
 *
 * What it promises of times, facts staying as they are: until `until`, or `retryAt`, it objects at every moment, and at
 * it no longer so; `retryAt` is null where no moment would help. Decisions name exact times because of that.
 */
export type Gate<Facts> = (draft: Draft, facts: Facts) => Objection | undefined;
