import { judgePair } from '@assent/limits';
import { refused } from '../decision.js';
import type { SendingFacts } from '../facts.js';
import type { Gate } from './gate.js';

/** One message an interval to the same person, with a burst that is paid back. */
export const pairGate: Gate<SendingFacts> = (_, { contact, pairLimit, pairTat, now }) => {
  if (!contact) return undefined;
  const verdict = judgePair(pairLimit, pairTat, now);
  return verdict.passes ? undefined : refused('PAIR_LIMIT', verdict.retryAt);
};
