import type { Evidence, ImportEvidence } from './evidence.js';
import { type ConsentFacts, expiryOf, judgeConsent } from './judge-consent.js';
import type { Purpose } from './purpose.js';

/** What an opt-in can be imported for: nobody but the person opts in to being found. */
export const ImportPurpose = {
  AUTHENTICATION: 'AUTHENTICATION',
  SERVICE: 'SERVICE',
  MARKETING: 'MARKETING',
  ADS: 'ADS',
  ANALYTICS: 'ANALYTICS',
} as const satisfies Partial<Record<Purpose, Purpose>>;

export type ImportPurpose = keyof typeof ImportPurpose;

/** An opt-in that a person gave a business elsewhere, as the business says. `evidence.at`: when it was given. */
export interface ImportedOptIn {
  purpose: ImportPurpose;
  evidence: Evidence & { kind: ImportEvidence };
}

/** What becomes of an opt-in that a business brings in. */
export type ImportDecision =
  | 'IMPORTED'
  /** An opt-in stands; nothing was recorded. */
  | 'ALREADY'
  | 'CONTACT_BLOCKED'
  | 'CONSENT_STOPPED'
  | 'GIVEN_IN_FUTURE'
  | 'EVIDENCE_NOT_ACCEPTED'
  | 'OPT_IN_EXPIRED';

/**
 * Decides whether an opt-in that a business brings in counts. A stop or a block that covers it stays, whichever came
 * later; and what a person once stopped with this business they did not opt in to before they took the stop back, so an
 * older opt-in is over too. Stops for all businesses are not asked about once they were taken back: when that was would
 * tell businesses that they know the same person.
 */
export function decideImport({ purpose, evidence }: ImportedOptIn, facts: ConsentFacts): ImportDecision {
  const { rule } = judgeConsent(purpose, facts);
  if (rule === 'BLOCKED') return 'CONTACT_BLOCKED';
  if (rule.startsWith('STOPPED_')) return 'CONSENT_STOPPED';
  if (rule === 'ALLOWED') return 'ALREADY';

  if (evidence.at > facts.now) return 'GIVEN_IN_FUTURE';
  const outlived = facts.said.some(
    ({ businessId, subject, standing, since }) =>
      standing === 'LIFTED' &&
      businessId !== null &&
      (subject === purpose || subject === 'EVERYTHING' || subject === 'BLOCK') &&
      since >= evidence.at,
  );
  if (outlived) return 'CONSENT_STOPPED';
  if (!facts.policy.rules[purpose].evidence.includes(evidence.kind)) return 'EVIDENCE_NOT_ACCEPTED';
  const end = expiryOf({ subject: purpose, standing: 'ALLOWED', since: evidence.at }, facts.policy);
  return end && end <= facts.now ? 'OPT_IN_EXPIRED' : 'IMPORTED';
}
