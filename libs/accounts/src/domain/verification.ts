import type { Business, BusinessCategory } from './business.js';

/** What became of a request to be verified. */
export const VerificationStatus = {
  PENDING: 'PENDING',
  APPROVED: 'APPROVED',
  REJECTED: 'REJECTED',
} as const;
export type VerificationStatus = keyof typeof VerificationStatus;

/** How a business shows that it controls its website's domain. */
export const DomainEvidence = {
  WELL_KNOWN_FILE: 'WELL_KNOWN_FILE',
  DNS_TXT: 'DNS_TXT',
} as const;
export type DomainEvidence = keyof typeof DomainEvidence;

/** A business's request to be verified. */
export interface Verification {
  id: string;
  businessId: string;
  status: VerificationStatus;
  legalName: string;
  registrationNumber: string;
  country: string;
  website: string;
  /** What the business says that it does; people see it once it is approved. Null: it said nothing. */
  category: BusinessCategory | null;
  evidence: DomainEvidence;
  evidenceCheckedAt: Date;
  submittedBy: string;
  submittedAt: Date;
  decidedBy: string | null;
  decidedAt: Date | null;
  /** Why it was rejected, for the business. */
  reason: string | null;
}

/** A request together with the business that made it. */
export interface RequestOfBusiness {
  verification: Verification;
  business: Business;
}

/** What an admin decided about a request. */
export interface VerificationDecision {
  status: VerificationStatus;
  decidedBy: string;
  /** For the business. */
  reason: string | null;
}
