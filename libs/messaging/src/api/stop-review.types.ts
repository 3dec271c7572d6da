import { Field, GraphQLISODateTime, ID, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { STOP_REASONS } from '../domain/stop-reasons.js';
import { type StopReview, StopReviewer, StopReviewOutcome } from '../domain/stop-review.js';

registerEnumType(StopReviewOutcome, {
  name: 'StopReviewOutcome',
  description: 'What a reviewer says of a sentence that was taken for a stop. It changes nobody’s consent.',
  valuesMap: {
    HONOURED: { description: 'It is a stop, and it is honoured everywhere else as well.' },
    NOT_A_STOP: { description: 'It is none, in the reviewer’s opinion. Only the person can lift it.' },
  },
});
registerEnumType(StopReviewer, {
  name: 'StopReviewer',
  description: 'Who reviewed a sentence that was taken for a stop.',
  valuesMap: {
    BUSINESS: { description: 'The business that it was written to.' },
    OPERATOR: { description: 'The operator’s staff.' },
  },
});

/** What both who review it see of a sentence that was taken for a stop. */
@ObjectType({ isAbstract: true })
export abstract class ReviewedStop {
  @Field(() => ID, { description: 'Opaque id, `rev_…`.' })
  id!: string;

  @Field(() => String, { description: 'Language of the sentence, ISO 639-1.' })
  language!: string;

  @Field(() => String, { description: 'Name of the rule that found it.' })
  rule!: string;

  @Field(() => GraphQLISODateTime, { description: 'Since when offers and news of the business are stopped.' })
  detectedAt!: Date;

  @Field(() => GraphQLISODateTime, {
    description: 'By when it is to be reviewed: 10 business days, by default, counted without holidays.',
  })
  dueAt!: Date;

  @Field(() => Boolean, { description: 'Neither answered nor reviewed, and its time has passed.' })
  overdue!: boolean;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'When the person said how far it was meant to go. That resolves the review.',
  })
  answeredAt!: Date | null;

  @Field(() => StopReviewOutcome, { nullable: true, description: 'Null: nobody has reviewed it.' })
  outcome!: StopReviewOutcome | null;

  @Field(() => String, { nullable: true })
  note!: string | null;

  @Field(() => StopReviewer, { nullable: true })
  reviewer!: StopReviewer | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  reviewedAt!: Date | null;

  /** What the fields that are opened or loaded only when asked for are made of. */
  stored!: StopReview;
}

/** Input of resolveStopReview. */
@InputType()
export class ResolveStopReviewInput {
  @Field(() => ID, { description: 'The review, `rev_…`.' })
  review!: string;

  @Field(() => StopReviewOutcome)
  outcome!: StopReviewOutcome;

  @Field(() => String, { nullable: true, description: 'Why, 1 to 1,000 characters.' })
  note?: string | null;
}

/** What a review changed, for who made it. */
export const WHAT_A_REVIEW_DOES = {
  HONOURED: 'It is written down that this stop is honoured.',
  NOT_A_STOP:
    'It is written down as your opinion. The stop stands: only the person can say that it was none.',
} as const satisfies Record<StopReviewOutcome, string>;

/** Why a review was not taken. */
export const REVIEW_RESOLVED = {
  reason: 'ALREADY_RESOLVED',
  message: STOP_REASONS.ALREADY_RESOLVED.message,
  retryAt: null,
} as const;

/** The fields of a review that are the same for both. */
export function toReviewed(stored: StopReview, id: string): Pick<ReviewedStop, keyof ReviewedStop> {
  const { language, rule, detectedAt, dueAt, overdue, answeredAt, outcome, note, reviewer, reviewedAt } =
    stored;
  return {
    id,
    language,
    rule,
    detectedAt,
    dueAt,
    overdue,
    answeredAt,
    outcome,
    note,
    reviewer,
    reviewedAt,
    stored,
  };
}
