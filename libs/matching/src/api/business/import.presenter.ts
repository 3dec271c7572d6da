import { describeAnswer, IMPORT_REFUSALS } from '../../domain/import-answers.js';
import type { ImportResult } from '../../use-cases/import-batch.js';
import type { ImportOutcome } from '../../use-cases/import-consents.js';
import type { UnfitStatus } from '../../use-cases/match-contacts.js';
import { ImportConsentsPayload, ImportingNotAllowed } from './import.types.js';

const NOT_ALLOWED: Record<UnfitStatus, string> = {
  UNVERIFIED: `${IMPORT_REFUSALS.BUSINESS_NOT_VERIFIED} Submit your verification, then try again once it is approved.`,
  PENDING: `${IMPORT_REFUSALS.BUSINESS_NOT_VERIFIED} Your verification is being reviewed: try again once it is approved.`,
  SUSPENDED: IMPORT_REFUSALS.BUSINESS_SUSPENDED,
};

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
