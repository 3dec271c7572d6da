import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { AdminViewer } from '@assent/accounts';
import { CurrentViewer, Handles, PageArgs, Permission, publicId, toConnection } from '@assent/platform';
import {
  type OperatorStopReview as StoredReview,
  ReadStopReviews,
} from '../../use-cases/read-stop-reviews.js';
import { ResolveStopReview } from '../../use-cases/resolve-stop-review.js';
import {
  ResolveStopReviewInput,
  REVIEW_RESOLVED,
  toReviewed,
  WHAT_A_REVIEW_DOES,
} from '../stop-review.types.js';
import {
  OperatorStopReview,
  ReviewedStopConnection,
  ReviewStopPayload,
  ReviewStopResult,
  StopAlreadyReviewed,
} from './stop-review.types.js';

/** Sentences that were taken for a stop, across businesses, for the operator to review. */
@Resolver(() => OperatorStopReview)
export class OperatorStopReviewResolver {
  constructor(
    private readonly read: ReadStopReviews,
    private readonly resolve: ResolveStopReview,
    private readonly handles: Handles,
  ) {}

  @Permission('reviews:decide')
  @Query(() => ReviewedStopConnection, {
    description: 'Sentences that were taken for a stop, by deadline: what is overdue comes first.',
  })
  async stopReviews(
    @Args() { first, after }: PageArgs,
    @Args('open', {
      type: () => Boolean,
      nullable: true,
      description: 'True: only those that nobody has answered or reviewed; false: only the others.',
    })
    open: boolean | null,
  ): Promise<ReviewedStopConnection> {
    const reviews = await this.read.ofAll({ first, after, open });
    return toConnection(
      reviews,
      first,
      (review) => this.toReview(review),
      ({ id }) => this.handleOf(id),
    );
  }

  @Permission('reviews:decide')
  @Mutation(() => ReviewStopResult, {
    description:
      'Says that a stop in free words is honoured, or that in your opinion it is none. Neither changes the person’s consent: what they stopped stays stopped until they lift it themselves. Refusals: `ALREADY_RESOLVED`.',
  })
  async resolveStopReview(
    @CurrentViewer() viewer: AdminViewer,
    @Args('input') input: ResolveStopReviewInput,
  ): Promise<typeof ReviewStopResult> {
    const { review: stored, resolved } = await this.resolve.asOperator(viewer, input);
    const review = this.toReview(stored);
    if (!resolved) return Object.assign(new StopAlreadyReviewed(), { ...REVIEW_RESOLVED, review });
    return Object.assign(new ReviewStopPayload(), { review, message: WHAT_A_REVIEW_DOES[input.outcome] });
  }

  @ResolveField(() => String, { nullable: true, description: 'What they wrote; null where it was erased.' })
  text(@Parent() { stored }: OperatorStopReview): string | null {
    return this.read.textOf(stored);
  }

  private toReview(stored: StoredReview): OperatorStopReview {
    return {
      ...toReviewed(stored, this.handleOf(stored.id)),
      businessId: publicId('biz', stored.businessId),
      businessName: stored.businessName,
      answer: stored.answer,
    };
  }

  /** All of the operator's staff know a review by the same id. */
  private handleOf(id: string): string {
    return this.handles.seal('operator', 'rev', id);
  }
}
