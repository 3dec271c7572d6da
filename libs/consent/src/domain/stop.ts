import type { ConsentSubject } from './consent-fact.js';

/** A stop or a block as it takes effect: whose, of what, for one business or (null) everywhere, at what time. */
export interface Stop {
  lane: number;
  personId: string;
  businessId: string | null;
  subject: ConsentSubject;
  at: Date;
}
