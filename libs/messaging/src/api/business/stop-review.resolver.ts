import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { BusinessViewer } from '@assent/accounts';
import { Contact, ContactLoader } from '@assent/matching';
import {
  CurrentViewer,
  Handles,
  loaderOf,
  PageArgs,
  Permission,
  type RequestContext,
  toConnection,
} from '@assent/platform';
import { type BusinessStopReview, ReadStopReviews } from '../../use-cases/read-stop-reviews.js';
import { ResolveStopReview } from '../../use-cases/resolve-stop-review.js';
import {
  ResolveStopReviewInput,
  REVIEW_RESOLVED,
  toReviewed,
  WHAT_A_REVIEW_DOES,
} from '../stop-review.types.js';
import {
  type AnswerToBusiness,
  ResolveStopReviewPayload,
  ResolveStopReviewResult,
  StopReview,
  StopReviewConnection,
  StopReviewResolved,
} from './stop-review.types.js';

/** Sentences of its contacts that were taken for a stop, for a business to review. */
@Resolver(() => StopReview)
export class StopReviewResolver {
  constructor(
    private readonly read: ReadStopReviews,
    private readonly resolve: ResolveStopReview,
    private readonly contacts: ContactLoader,
    private readonly handles: Handles,
  ) {}

  @Permission('messages:read')
  @Query(() => StopReviewConnection, {
    description:
      'Sentences of your contacts that were taken for a stop, by deadline: what is overdue comes first.',
  })
  async stopReviews(
    @CurrentViewer() { businessId }: BusinessViewer,
    @Args() { first, after }: PageArgs,
    @Args('open', {
      type: () => Boolean,
      nullable: true,
      description: 'True: only those that nobody has answered or reviewed; false: only the others.',
    })
    open: boolean | null,
  ): Promise<StopReviewConnection> {
    const reviews = await this.read.ofBusiness(businessId, { first, after, open });
    return toConnection(
      reviews,
      first,
      (review) => this.toReview(businessId, review),
      ({ id }) => this.handleOf(businessId, id),
    );
  }

  @Permission('messages:send')
  @Mutation(() => ResolveStopReviewResult, {
    description:
      'Says that a stop in free words is honoured, or that in your opinion it is none. Neither changes the person’s consent: what they stopped stays stopped until they lift it themselves. Refusals: `ALREADY_RESOLVED`.',
  })
  async resolveStopReview(
    @CurrentViewer() viewer: BusinessViewer,
    @Args('input') input: ResolveStopReviewInput,
  ): Promise<typeof ResolveStopReviewResult> {
    const { review: stored, resolved } = await this.resolve.asBusiness(viewer, input);
    const review = this.toReview(viewer.businessId, stored);
    if (!resolved) return Object.assign(new StopReviewResolved(), { ...REVIEW_RESOLVED, review });
    const message = WHAT_A_REVIEW_DOES[input.outcome];
    return Object.assign(new ResolveStopReviewPayload(), { review, message });
  }

  @ResolveField(() => String, { nullable: true, description: 'What they wrote; null where it was erased.' })
  text(@Parent() { stored }: StopReview): string | null {
    return this.read.textOf(stored);
  }

  @ResolveField(() => Contact, { nullable: true, description: 'Who wrote it; null where they are gone.' })
  contact(
    @Parent() { stored }: StopReview,
    @CurrentViewer() viewer: BusinessViewer,
    @Context() context: RequestContext,
  ) {
    return loaderOf(context, this.contacts, (ids: string[]) => this.contacts.byIds(viewer, ids)).load(
      stored.contactId,
    );
  }

  private toReview(businessId: string, stored: BusinessStopReview): StopReview {
    const answer = stored.answer as AnswerToBusiness | null;
    return { ...toReviewed(stored, this.handleOf(businessId, stored.id)), answer, stored };
  }

  private handleOf(businessId: string, id: string): string {
    return this.handles.seal(`business:${businessId}`, 'rev', id);
  }
}
