import { type Budget, gcraBudget } from './budget.js';
import { type Gcra, nextUnit } from './gcra.js';

/** How many messages a business may send in a second, and how many of them at once (GCRA). */
export interface Throughput {
  perSecond: number;
  burst: number;
  /** A message may be given a time that is at most so far ahead. */
  longestWaitMs: number;
}

/** When a message may go, from now on, and the TAT, in microseconds since 1970, once it does. */
export interface Slot {
  at: Date;
  tat: number;
}

const SECOND_US = 1_000_000;
const MS_US = 1_000;

/**
 * The first slot that is free for one more message. Taking it is a reservation: the next message gets one behind it, so
 * times that are given are exact, and nobody has to look after who waits. In microseconds, rounded up from the rate, as
 * an interval of 12.5 ms needs; a slot is told in milliseconds, rounded up.
 *
 * @param tat in microseconds since 1970; null before the first message
 */
export function nextSlot(throughput: Throughput, tat: number | null, now: Date): Slot {
  const next = nextUnit(gcraOf(throughput), tat, now.getTime() * MS_US);
  return { at: toDate(next.at), tat: next.tat };
}

/** How many messages may go at once. */
export function throughputBudget(throughput: Throughput, tat: number | null, now: Date): Budget {
  return gcraBudget(gcraOf(throughput), tat, now.getTime() * MS_US, toDate);
}

function gcraOf({ perSecond, burst }: Throughput): Gcra {
  return { interval: Math.ceil(SECOND_US / perSecond), burst };
}

function toDate(microseconds: number): Date {
  return new Date(Math.ceil(microseconds / MS_US));
}
