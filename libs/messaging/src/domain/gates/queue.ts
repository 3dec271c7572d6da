import { refused } from '../decision.js';
import type { DispatchFacts } from '../facts.js';
import type { Gate } from './gate.js';

/** Nothing is accepted that would only wait behind very much else. */
export const queueGate: Gate<DispatchFacts> = (_, { business: { queueFullUntil }, now }) =>
  queueFullUntil && queueFullUntil > now ? refused('QUEUE_FULL', queueFullUntil) : undefined;
