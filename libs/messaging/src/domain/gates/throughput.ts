import { limitAt } from '@assent/accounts';
import { nextSlot, type Throughput } from '@assent/limits';
import { deferred, refused } from '../decision.js';
import type { DispatchFacts, SendingFacts } from '../facts.js';
import type { Gate } from './gate.js';
import { passesFrom } from './override.js';

/** The throughput of a business at a time. Its burst is as many seconds of it as are configured. */
export function throughputAt(
  { business: { overrides }, throughput }: Pick<SendingFacts, 'business' | 'throughput'>,
  at: Date,
): Throughput {
  const perSecond = limitAt(overrides, 'THROUGHPUT', throughput.perSecond, at);
  return { ...throughput, perSecond, burst: (throughput.burst / throughput.perSecond) * perSecond };
}

/** Messages that a business may send in a second: a later one gets the first free slot, if its sender lets it wait. */
export const throughputGate: Gate<SendingFacts> = (draft, facts) => {
  const { business, throughputTat, now } = facts;
  const slotAt = (at: Date) => nextSlot(throughputAt(facts, at), throughputTat, at).at;
  const slot = slotAt(now);
  if (slot <= now) return undefined;
  const mayWaitMs = Math.min(facts.throughput.longestWaitMs, draft.longestWaitMs ?? Infinity);
  const longestWaitMs = draft.whenLimited === 'REFUSE' ? 0 : mayWaitMs;
  const nearEnough = (at: Date) => new Date(Math.max(at.getTime(), slotAt(at).getTime() - longestWaitMs));
  const passes = passesFrom(business.overrides, ['THROUGHPUT'], now, (at) => {
    const from = nearEnough(at);
    return from <= at ? at : from;
  });
  return passes === now ? deferred('THROUGHPUT', slot) : refused('THROUGHPUT', passes);
};

/** A message does not go before its slot. */
export const slotGate: Gate<DispatchFacts> = ({ notBefore }, { now }) =>
  notBefore && notBefore > now ? deferred('THROUGHPUT', notBefore) : undefined;
