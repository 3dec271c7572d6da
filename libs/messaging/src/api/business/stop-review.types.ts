import { Field, ObjectType, registerEnumType } from '@nestjs/graphql';
import { connectionType, Refusal, resultUnion } from '@assent/platform';
import type { BusinessStopReview } from '../../use-cases/read-stop-reviews.js';
import { ReviewedStop } from '../stop-review.types.js';

/** What a business may know of an answer. */
export const AnswerToBusiness = {
  MARKETING: 'MARKETING',
  BUSINESS: 'BUSINESS',
  NOT_A_STOP: 'NOT_A_STOP',
} as const;
export type AnswerToBusiness = keyof typeof AnswerToBusiness;

registerEnumType(AnswerToBusiness, {
  name: 'StopReviewAnswer',
  description: 'What the person said of their sentence.',
  valuesMap: {
    MARKETING: { description: 'Your offers and news are to stop.' },
    BUSINESS: { description: 'Everything from you is to stop.' },
    NOT_A_STOP: { description: 'It was no stop; what it stopped is lifted.' },
  },
});

@ObjectType({
  description:
    'A sentence of one of your contacts that was taken for a stop. Your offers and news to them are stopped since; review it, and honour it wherever else you reach them.',
})
export class StopReview extends ReviewedStop {
  @Field(() => AnswerToBusiness, { nullable: true, description: 'Null: the person has not answered yet.' })
  answer!: AnswerToBusiness | null;

  declare stored: BusinessStopReview;
}

/** A page of reviews. */
@ObjectType({ description: 'A page of reviews by deadline, the earliest first.' })
export class StopReviewConnection extends connectionType(StopReview, 'StopReviewConnection') {}

/** A review was taken. */
@ObjectType()
export class ResolveStopReviewPayload {
  @Field(() => StopReview)
  review!: StopReview;

  @Field(() => String, { description: 'What this did, and what it did not.' })
  message!: string;
}

/** A review was not taken. */
@ObjectType({
  implements: () => [Refusal],
  description: '`ALREADY_RESOLVED`: the person has answered it, or somebody has reviewed it already.',
})
export class StopReviewResolved extends Refusal {
  @Field(() => StopReview, { description: 'As it is.' })
  review!: StopReview;
}

export const ResolveStopReviewResult = resultUnion('ResolveStopReviewResult', [
  ResolveStopReviewPayload,
  StopReviewResolved,
]);
