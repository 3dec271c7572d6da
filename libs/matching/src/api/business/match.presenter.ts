import type { MatchAnswer, UnfitStatus } from '../../use-cases/match-contacts.js';
import { MatchBudgetExhausted, MatchContactsPayload, MatchingNotAllowed } from './match.types.js';

const NOT_ALLOWED: Record<UnfitStatus, string> = {
  UNVERIFIED:
    'Only verified businesses may match. Submit your verification, then try again once it is approved.',
  PENDING:
    'Only verified businesses may match. Your verification is being reviewed: try again once it is approved.',
  SUSPENDED: 'Your business is suspended and may not match. Ask the operator of the platform why.',
};

/** The answer of a call as GraphQL gives it. */
export function toMatchContactsResult(answer: MatchAnswer) {
  if ('results' in answer) return new MatchContactsPayload(answer.results);
  if (answer.refused === 'BUSINESS') {
    return new MatchingNotAllowed({
      reason: answer.status === 'SUSPENDED' ? 'BUSINESS_SUSPENDED' : 'BUSINESS_NOT_VERIFIED',
      message: NOT_ALLOWED[answer.status],
      retryAt: null,
    });
  }
  const { asked, limits, retryAt } = answer;
  return new MatchBudgetExhausted({
    reason: 'MATCH_BUDGET',
    message: retryAt
      ? `The ${asked} different numbers of this call do not fit into what is left of your match budget. Send it again at retryAt, or a smaller one now.`
      : `The ${asked} different numbers of this call are more than your whole match budget: send fewer at a time.`,
    retryAt,
    dailyLimit: limits.day,
    monthlyLimit: limits.month,
  });
}
