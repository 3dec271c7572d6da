import type { ImportAnswer } from './import-plan.js';

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

/** An answer as a business reads it. */
export function describeAnswer(answer: ImportAnswer): {
  outcome: ConsentImportOutcome;
  reason: string | null;
  message: string | null;
} {
  if (answer === 'IMPORTED' || answer === 'ALREADY') return { outcome: answer, reason: null, message: null };
  return { outcome: 'REFUSED', reason: answer, message: IMPORT_REFUSALS[answer] };
}
