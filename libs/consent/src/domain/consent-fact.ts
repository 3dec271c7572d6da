import type { Purpose } from './purpose.js';

/** What a person said something about: one purpose, everything, or the business itself (a block). */
export type ConsentSubject = 'BLOCK' | 'EVERYTHING' | Purpose;

/** Whether it may go on. ALLOWED is an opt-in to a purpose; LIFTED a stop or block that is gone, and says nothing more. */
export type Standing = 'ALLOWED' | 'LIFTED' | 'STOPPED';

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
