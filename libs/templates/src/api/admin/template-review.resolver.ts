import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { AdminViewer, Refused, toRefusal } from '@assent/accounts';
import { CurrentViewer, PageArgs, Permission, publicId, toConnection } from '@assent/platform';
import { ReadReviewQueue, type ReviewCase } from '../../use-cases/read-review-queue.js';
import { ReviewTemplate, type ReviewRefused } from '../../use-cases/review-template.js';
import {
  ApproveTemplateInput,
  DecideTemplateAppealInput,
  DecideTemplateAppealPayload,
  DecideTemplateAppealRefused,
  DecideTemplateAppealResult,
  RejectTemplateInput,
  ReviewTemplatePayload,
  ReviewTemplateRefused,
  ReviewTemplateResult,
  TemplateAppealConnection,
  TemplateReviewConnection,
  toAppealCase,
  toReview,
} from './template-review.types.js';

/** Reviews of templates by the operator's staff. */
@Resolver()
export class TemplateReviewResolver {
  constructor(
    private readonly queue: ReadReviewQueue,
    private readonly reviews: ReviewTemplate,
  ) {}

  @Permission('reviews:decide')
  @Query(() => TemplateReviewConnection, {
    description: 'Versions of templates that wait for a decision, in the order of their submission.',
  })
  async templateQueue(@Args() page: PageArgs) {
    const cases = await this.queue.versions(page);
    return toConnection(cases, page.first, toReview, ({ version }) => publicId('tpv', version.id));
  }

  @Permission('reviews:decide')
  @Query(() => TemplateAppealConnection, {
    description: 'Appeals that nobody has decided yet, oldest first.',
  })
  async templateAppealQueue(@Args() page: PageArgs) {
    const appeals = await this.queue.appeals(page);
    return toConnection(appeals, page.first, toAppealCase, ({ appeal }) => publicId('tpa', appeal.id));
  }

  @Permission('reviews:decide')
  @Mutation(() => ReviewTemplateResult, {
    description:
      'Approves a version: it sends from the next decision on. Of two admins who decide at once, one has decided. Refusals: `VERSION_NOT_FOUND`, `NOT_IN_REVIEW`.',
  })
  async approveTemplate(
    @CurrentViewer() viewer: AdminViewer,
    @Args('input') input: ApproveTemplateInput,
  ): Promise<typeof ReviewTemplateResult> {
    return toReviewResult(await this.reviews.approve(viewer, input));
  }

  @Permission('reviews:decide')
  @Mutation(() => ReviewTemplateResult, {
    description:
      'Rejects a version; the one that was approved before keeps sending. The business reads the reason, and may appeal or edit. Refusals: `VERSION_NOT_FOUND`, `NOT_IN_REVIEW`.',
  })
  async rejectTemplate(
    @CurrentViewer() viewer: AdminViewer,
    @Args('input') input: RejectTemplateInput,
  ): Promise<typeof ReviewTemplateResult> {
    return toReviewResult(await this.reviews.reject(viewer, input));
  }

  @Permission('reviews:decide')
  @Mutation(() => DecideTemplateAppealResult, {
    description:
      'Decides an appeal, for good. Upheld, the rejected version is approved, or the disabled template sends again. Refusals: `APPEAL_NOT_FOUND`, `ALREADY_DECIDED`.',
  })
  async decideTemplateAppeal(
    @CurrentViewer() viewer: AdminViewer,
    @Args('input') input: DecideTemplateAppealInput,
  ): Promise<typeof DecideTemplateAppealResult> {
    const decided = await this.reviews.decideAppeal(viewer, input);
    if (decided instanceof Refused) return toRefusal(DecideTemplateAppealRefused, decided);
    return Object.assign(new DecideTemplateAppealPayload(), { case: toAppealCase(decided) });
  }
}

function toReviewResult(outcome: ReviewCase | ReviewRefused): typeof ReviewTemplateResult {
  if (outcome instanceof Refused) return toRefusal(ReviewTemplateRefused, outcome);
  return Object.assign(new ReviewTemplatePayload(), { review: toReview(outcome) });
}
