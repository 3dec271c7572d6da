import type { ImportAnswer } from './import-plan.js';
import { MATCHING_REASONS } from './matching-reasons.js';

/** What became of an opt-in that was brought in. */
export const ConsentImportOutcome = {
  IMPORTED: 'IMPORTED',
  ALREADY: 'ALREADY',
  REFUSED: 'REFUSED',
} as const;
export type ConsentImportOutcome = keyof typeof ConsentImportOutcome;

type Refused = Exclude<ImportAnswer, ConsentImportOutcome>;

/** Why an opt-in was refused, in a sentence for people. */
export const IMPORT_REFUSALS: Record<Refused, string> = {
  CONTACT_UNKNOWN: MATCHING_REASONS.CONTACT_UNKNOWN.message,
  CONTACT_BLOCKED: MATCHING_REASONS.CONTACT_BLOCKED.message,
  CONSENT_STOPPED: MATCHING_REASONS.CONSENT_STOPPED.message,
  GIVEN_IN_FUTURE: MATCHING_REASONS.GIVEN_IN_FUTURE.message,
  EVIDENCE_NOT_ACCEPTED: MATCHING_REASONS.EVIDENCE_NOT_ACCEPTED.message,
  OPT_IN_EXPIRED: MATCHING_REASONS.OPT_IN_EXPIRED.message,
  CORRELATION_CONFLICT: MATCHING_REASONS.CORRELATION_CONFLICT.message,
  BUSINESS_NOT_VERIFIED: 'Only verified businesses may import.',
  BUSINESS_SUSPENDED: MATCHING_REASONS.BUSINESS_SUSPENDED.message,
};

/** An answer as a business reads it. */
export function describeAnswer(answer: ImportAnswer): {
  outcome: ConsentImportOutcome;
  reason: string | null;
  message: string | null;
} {
  if (answer === 'IMPORTED' || answer === 'ALREADY') return { outcome: answer, reason: null, message: null };
  return { outcome: 'REFUSED', reason: answer, message: IMPORT_REFUSALS[answer] };
}
