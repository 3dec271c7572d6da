import type { Purpose } from './purpose.js';

/** What a person said something about: one purpose, everything, or the business itself (a block). */
export type ConsentSubject = 'BLOCK' | 'EVERYTHING' | Purpose;

/** Whether it may go on. ALLOWED for BLOCK and EVERYTHING means no more than that they were lifted. */
export type Standing = 'ALLOWED' | 'STOPPED';

/** The last word of a person on one subject, for one business or (null) for the whole platform. */
export interface ConsentFact {
  businessId: string | null;
  subject: ConsentSubject;
  standing: Standing;
  since: Date;
}

/** How far a stop or an allowance reaches: null is every business, and every purpose. */
export interface ConsentScope {
  businessId: string | null;
  purpose: Purpose | null;
}
