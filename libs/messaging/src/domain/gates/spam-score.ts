import { clearsAt } from '@assent/limits';
import { refused } from '../decision.js';
import type { SendingFacts } from '../facts.js';
import { isOpenAt } from '../service-window.js';
import type { Gate } from './gate.js';

/**
 * A business whose spam score is above the most that is allowed may not begin anything, nor sell, until the score has
 * faded: only AUTHENTICATION passes, and SERVICE to people who wrote to it in the last 24 hours.
 */
export const spamScoreGate: Gate<SendingFacts> = ({ purpose }, { business, lastInboundAt, now }) => {
  const clears = business.spam ? clearsAt(business.spam) : null;
  if (purpose === null || purpose === 'AUTHENTICATION' || !clears || now >= clears) return undefined;
  const isAnswer = purpose === 'SERVICE' && isOpenAt(lastInboundAt, now);
  return isAnswer ? undefined : refused('SPAM_SCORE', clears);
};
