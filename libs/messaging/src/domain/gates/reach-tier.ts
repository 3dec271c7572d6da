import { judgeReach } from '@assent/limits';
import { refused } from '../decision.js';
import type { SendingFacts } from '../facts.js';
import type { Gate } from './gate.js';

/** People that a business may start to message in any 24 hours. */
export const reachGate: Gate<SendingFacts> = (_, { reach, reachTakenAt, now }) => {
  const verdict = judgeReach(reach, reachTakenAt, now);
  return verdict.passes ? undefined : refused('REACH_TIER', verdict.retryAt);
};
