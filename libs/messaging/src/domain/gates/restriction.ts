import { deferred, refused } from '../decision.js';
import type { DispatchFacts, Draft } from '../facts.js';
import { isOpenAt } from '../service-window.js';
import type { Gate } from './gate.js';

/**
 * A restricted business may not begin anything, nor sell: only AUTHENTICATION passes, and SERVICE to people who wrote to
 * it in the last 24 hours. A closed one may send nothing at all.
 */
export const restrictionGate: Gate<DispatchFacts> = (draft, facts) => {
  const until = restrictedUntil(draft, facts);
  return until === undefined ? undefined : refused('BUSINESS_RESTRICTED', until);
};

/** What was accepted before waits until the restriction ends; a closure ends it. */
export const queuedRestrictionGate: Gate<DispatchFacts> = (draft, facts) => {
  const until = restrictedUntil(draft, facts);
  if (until === undefined) return undefined;
  return until ? deferred('BUSINESS_RESTRICTED', until) : refused('BUSINESS_RESTRICTED');
};

/** Until when a message is not let through; null: for good; undefined: it is. */
function restrictedUntil(
  { purpose }: Draft,
  { business, lastInboundAt, now }: DispatchFacts,
): Date | null | undefined {
  const { restriction } = business;
  if (!restriction) return undefined;
  const { until } = restriction;
  if (until === null) return null;
  const isAnswer = purpose === 'SERVICE' && isOpenAt(lastInboundAt, now);
  return now >= until || purpose === 'AUTHENTICATION' || isAnswer ? undefined : until;
}
