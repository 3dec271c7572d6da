import { Field, ID, ObjectType } from '@nestjs/graphql';
import { connectionType, Refusal, resultUnion } from '@assent/platform';
import { StopAnswer } from '../../domain/stop-review.js';
import { ReviewedStop } from '../stop-review.types.js';

@ObjectType('ReviewedStop', {
  description:
    'A sentence that was taken for a stop, with the business that it was written to and without the person who wrote it.',
})
export class OperatorStopReview extends ReviewedStop {
  @Field(() => ID, { description: 'The business, `biz_…`.' })
  businessId!: string;

  @Field(() => String)
  businessName!: string;

  @Field(() => StopAnswer, { nullable: true, description: 'Null: the person has not answered yet.' })
  answer!: StopAnswer | null;
}

/** A page of reviews. */
@ObjectType({ description: 'A page of reviews by deadline, the earliest first.' })
export class ReviewedStopConnection extends connectionType(OperatorStopReview, 'ReviewedStopConnection') {}

/** A review was taken. */
@ObjectType()
export class ReviewStopPayload {
  @Field(() => OperatorStopReview)
  review!: OperatorStopReview;

  @Field(() => String, { description: 'What this did, and what it did not.' })
  message!: string;
}

/** A review was not taken. */
@ObjectType({
  implements: () => [Refusal],
  description: '`ALREADY_RESOLVED`: the person has answered it, or somebody has reviewed it already.',
})
export class StopAlreadyReviewed extends Refusal {
  @Field(() => OperatorStopReview, { description: 'As it is.' })
  review!: OperatorStopReview;
}

export const ReviewStopResult = resultUnion('ReviewStopResult', [ReviewStopPayload, StopAlreadyReviewed]);
