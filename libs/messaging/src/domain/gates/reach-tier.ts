import { limitAt } from '@assent/accounts';
import { judgeReach, type ReachFacts } from '@assent/limits';
import { refused } from '../decision.js';
import type { SendingFacts } from '../facts.js';
import type { Gate } from './gate.js';
import { passesFrom } from './override.js';

/** The reach of a business at a time. */
export function reachAt(
  { business: { overrides }, reach }: Pick<SendingFacts, 'business' | 'reach'>,
  at: Date,
): ReachFacts {
  return { ...reach, limit: limitAt(overrides, 'REACH_PLACES', reach.limit, at) };
}

/** People that a business may start to message in any 24 hours. */
export const reachGate: Gate<SendingFacts> = (_, facts) => {
  const passes = passesFrom(facts.business.overrides, ['REACH_PLACES'], facts.now, (at) => {
    const verdict = judgeReach(reachAt(facts, at), facts.reachTakenAt, at);
    return verdict.passes ? at : verdict.retryAt;
  });
  return passes === facts.now ? undefined : refused('REACH_TIER', passes);
};
