import { limitAt } from '@assent/accounts';
import { judgeReach, type ReachFacts, type ReachVerdict } from '@assent/limits';
import { refused } from '../decision.js';
import type { SendingFacts } from '../facts.js';
import { isOpenAt } from '../service-window.js';
import type { Gate } from './gate.js';
import { passesFrom } from './override.js';

/** The reach of a business at a time. */
export function reachAt(
  { business: { overrides }, reach }: Pick<SendingFacts, 'business' | 'reach'>,
  at: Date,
): ReachFacts {
  const { limit, used, oldestTakenAt, afterOverride } = reach;
  const override = overrides.REACH_PLACES;
  if (afterOverride && override && at >= override.endsAt)
    return { limit, used, oldestTakenAt: afterOverride[0] ?? null };
  return { limit: limitAt(overrides, 'REACH_PLACES', limit, at), used, oldestTakenAt };
}

/** Whether a message needs a place at a time, and whether there is one. Who wrote in the last 24 hours gets an answer: that takes none. */
export function judgeReachAt(facts: SendingFacts, at: Date): ReachVerdict {
  if (isOpenAt(facts.lastInboundAt, at)) return { passes: true, takesPlace: false };
  return judgeReach(reachAt(facts, at), facts.reachTakenAt, at);
}

/** People that a business may start to message in any 24 hours. */
export const reachGate: Gate<SendingFacts> = (_, facts) => {
  const passes = passesFrom(facts.business.overrides, ['REACH_PLACES'], facts.now, (at) => {
    const verdict = judgeReachAt(facts, at);
    return verdict.passes ? at : verdict.retryAt;
  });
  return passes === facts.now ? undefined : refused('REACH_TIER', passes);
};
