import type { ConsentScope, Recognised } from '@assent/consent';

/** What a person says of a sentence of theirs that was taken for a stop. */
export const StopAnswer = {
  MARKETING: 'MARKETING',
  BUSINESS: 'BUSINESS',
  EVERYTHING: 'EVERYTHING',
  NOT_A_STOP: 'NOT_A_STOP',
} as const;
export type StopAnswer = keyof typeof StopAnswer;

/** What a reviewer says of it. Neither lifts anything. */
export const StopReviewOutcome = { HONOURED: 'HONOURED', NOT_A_STOP: 'NOT_A_STOP' } as const;
export type StopReviewOutcome = keyof typeof StopReviewOutcome;

/** Who reviewed it. */
export const StopReviewer = { BUSINESS: 'BUSINESS', OPERATOR: 'OPERATOR' } as const;
export type StopReviewer = keyof typeof StopReviewer;

/** The text of a sentence, sealed under a key of its own. */
export interface SealedSentence {
  bytes: Buffer;
  /** Null: erased, and the text with it. */
  salt: Buffer | null;
}

/** What everybody sees of a sentence that was taken for a stop. */
export interface FoundStop {
  id: string;
  businessId: string;
  language: string;
  /** The answer that the words themselves suggest. */
  suggested: StopAnswer;
  detectedAt: Date;
  answer: StopAnswer | null;
  answeredAt: Date | null;
  content: SealedSentence;
}

/** The same, for those who review it. */
export interface StopReview extends FoundStop {
  /** Name of the rule that found it. */
  rule: string;
  /** By when it is to be reviewed. */
  dueAt: Date;
  overdue: boolean;
  outcome: StopReviewOutcome | null;
  note: string | null;
  reviewer: StopReviewer | null;
  reviewedAt: Date | null;
}

/** What a reviewer says. */
export interface Review {
  outcome: StopReviewOutcome;
  note: string | null;
  reviewer: StopReviewer;
  reviewedBy: string;
}

/** The answer that words suggest: a business was written to, so even the widest words are about that business. */
export function suggestedAnswer({ scope }: Extract<Recognised, { kind: 'FREE_TEXT' }>): StopAnswer {
  return scope === 'MARKETING' ? 'MARKETING' : 'BUSINESS';
}

/** The scope that an answer stops; null: it says that nothing is to be stopped. */
export function scopeOfAnswer(answer: StopAnswer, businessId: string): ConsentScope | null {
  switch (answer) {
    case 'MARKETING':
      return { businessId, purpose: 'MARKETING' };
    case 'BUSINESS':
      return { businessId, purpose: null };
    case 'EVERYTHING':
      return { businessId: null, purpose: null };
    case 'NOT_A_STOP':
      return null;
  }
}

const DAY_MS = 86_400_000;

/**
 * The last moment that is within so many business days of a time, wherever it is read: as if it were the end of a Sunday,
 * from when business days take the fewest days, and without holidays, which only ever make the legal time longer.
 */
export function deadlineOf(detectedAt: Date, businessDays: number): Date {
  const weeks = Math.floor((businessDays - 1) / 5);
  const days = 7 * weeks + ((businessDays - 1) % 5) + 1;
  return new Date(detectedAt.getTime() + days * DAY_MS);
}
