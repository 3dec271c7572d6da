import type { ImportAnswer } from '../../domain/import-plan.js';
import type { ImportResult } from '../../use-cases/import-batch.js';
import type { ImportOutcome } from '../../use-cases/import-consents.js';
import type { UnfitStatus } from '../../use-cases/match-contacts.js';
import { ImportConsentsPayload, type ImportConsentResult, ImportingNotAllowed } from './import.types.js';

/** Answers that are no refusals. */
const OUTCOMES = { IMPORTED: 'IMPORTED', ALREADY: 'ALREADY' } as const;

const MESSAGES: Record<Exclude<ImportAnswer, keyof typeof OUTCOMES>, string> = {
  CONTACT_UNKNOWN: 'You have no such contact.',
  CONTACT_BLOCKED: 'The person has blocked you. Only the person lifts a block.',
  CONSENT_STOPPED:
    'The person has stopped this, or had stopped it after they gave this opt-in. Only the person lifts a stop, and only they can opt in again.',
  GIVEN_IN_FUTURE: 'It was not given yet: givenAt is in the future.',
  EVIDENCE_NOT_ACCEPTED:
    'The consent policy of the person’s country does not accept opt-ins to this purpose on this kind of evidence.',
  OPT_IN_EXPIRED: 'It was given so long ago that, by the consent policy of the person’s country, it is over.',
  CORRELATION_CONFLICT: 'You brought in something else under this correlation id. Use a new one.',
  BUSINESS_NOT_VERIFIED: 'Only verified businesses may import.',
  BUSINESS_SUSPENDED: 'Your business is suspended. Ask the operator of the platform why.',
};

const NOT_ALLOWED: Record<UnfitStatus, string> = {
  UNVERIFIED: `${MESSAGES.BUSINESS_NOT_VERIFIED} Submit your verification, then try again once it is approved.`,
  PENDING: `${MESSAGES.BUSINESS_NOT_VERIFIED} Your verification is being reviewed: try again once it is approved.`,
  SUSPENDED: MESSAGES.BUSINESS_SUSPENDED,
};

/** An answer as a business reads it. */
export function describeAnswer(
  answer: ImportAnswer,
): Pick<ImportConsentResult, 'outcome' | 'reason' | 'message'> {
  return answer in OUTCOMES
    ? { outcome: answer as keyof typeof OUTCOMES, reason: null, message: null }
    : { outcome: 'REFUSED', reason: answer, message: MESSAGES[answer as keyof typeof MESSAGES] };
}

/** Why a business may not import. */
export function notAllowed(status: UnfitStatus): ImportingNotAllowed {
  const reason = status === 'SUSPENDED' ? 'BUSINESS_SUSPENDED' : 'BUSINESS_NOT_VERIFIED';
  return new ImportingNotAllowed({ reason, message: NOT_ALLOWED[status], retryAt: null });
}

/** The answer of a call as GraphQL gives it. */
export function toImportConsentsResult(outcome: ImportOutcome) {
  if ('unfit' in outcome) return notAllowed(outcome.unfit);
  return new ImportConsentsPayload(
    outcome.results.map(({ correlationId, answer, replayed }: ImportResult) => ({
      correlationId,
      ...describeAnswer(answer),
      replayed,
    })),
  );
}
