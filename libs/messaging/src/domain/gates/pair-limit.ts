import { limitAt } from '@assent/accounts';
import { judgePair, type PairLimit } from '@assent/limits';
import { refused } from '../decision.js';
import type { SendingFacts } from '../facts.js';
import type { Gate } from './gate.js';
import { passesFrom } from './override.js';

/** The pair limit of a business at a time. */
export function pairLimitAt(
  { business: { overrides }, pairLimit }: Pick<SendingFacts, 'business' | 'pairLimit'>,
  at: Date,
): PairLimit {
  return {
    intervalMs: limitAt(overrides, 'PAIR_INTERVAL', pairLimit.intervalMs, at),
    burst: limitAt(overrides, 'PAIR_BURST', pairLimit.burst, at),
  };
}

/** One message an interval to the same person, with a burst that is paid back. */
export const pairGate: Gate<SendingFacts> = (_, facts) => {
  const { business, contact, pairTat, now } = facts;
  if (!contact) return undefined;
  const passes = passesFrom(business.overrides, ['PAIR_INTERVAL', 'PAIR_BURST'], now, (at) => {
    const verdict = judgePair(pairLimitAt(facts, at), pairTat, at);
    return verdict.passes ? at : verdict.retryAt;
  });
  return passes === now ? undefined : refused('PAIR_LIMIT', passes);
};
