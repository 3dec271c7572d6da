import { nextSlot } from '@assent/limits';
import { deferred, refused } from '../decision.js';
import type { DispatchFacts, SendingFacts } from '../facts.js';
import type { Gate } from './gate.js';

/** Messages that a business may send in a second: a later one gets the first free slot, if its sender lets it wait. */
export const throughputGate: Gate<SendingFacts> = ({ whenLimited }, { throughput, throughputTat, now }) => {
  const { at } = nextSlot(throughput, throughputTat, now);
  if (at <= now) return undefined;
  if (whenLimited === 'REFUSE') return refused('THROUGHPUT', at);
  const waitsFrom = new Date(at.getTime() - throughput.longestWaitMs);
  return now < waitsFrom ? refused('THROUGHPUT', waitsFrom) : deferred('THROUGHPUT', at);
};

/** A message does not go before its slot. */
export const slotGate: Gate<DispatchFacts> = ({ notBefore }, { now }) =>
  notBefore && notBefore > now ? deferred('THROUGHPUT', notBefore) : undefined;
