import { Injectable } from '@nestjs/common';
import type { AdminViewer, BusinessViewer } from '@assent/accounts';
import {
  BadInputError,
  Database,
  Handles,
  isOneLine,
  parseInput,
  type Scope,
  type Transaction,
} from '@assent/platform';
import { z } from 'zod';
import { type Review, StopReviewer, StopReviewOutcome } from '../domain/stop-review.js';
import {
  type BusinessStopReview,
  type OperatorStopReview,
  StopReviewStore,
} from '../persistence/stop-review.store.js';

const REVIEW_RULE = 'must be the id of a review';
const NOTE_RULE = 'must have 1 to 1,000 characters, none of them a control character';

const schema = z.object({
  review: z.string().max(60, REVIEW_RULE),
  outcome: z.enum(StopReviewOutcome, 'must be HONOURED or NOT_A_STOP'),
  note: z.string().trim().min(1, NOTE_RULE).max(1_000, NOTE_RULE).refine(isOneLine, NOTE_RULE).nullish(),
});

type ResolveInput = z.input<typeof schema>;

/** The review as it now is, and whether this is what made it so. */
export interface ResolvedReview<Of> {
  review: Of;
  /** False: the person had answered, or somebody had reviewed it before. */
  resolved: boolean;
}

/** A business or the operator reviews a sentence that was taken for a stop. It lifts nothing: only the person can. */
@Injectable()
export class ResolveStopReview {
  constructor(
    private readonly database: Database,
    private readonly handles: Handles,
    private readonly store: StopReviewStore,
  ) {}

  /** @throws BadInputError */
  asBusiness(
    { businessId, actor }: BusinessViewer,
    input: ResolveInput,
  ): Promise<ResolvedReview<BusinessStopReview>> {
    const reviewedBy = 'memberId' in actor ? actor.memberId : actor.apiKeyId;
    return this.resolve(
      { role: 'business', businessId },
      `business:${businessId}`,
      { reviewer: StopReviewer.BUSINESS, reviewedBy },
      input,
      (tx, id) => this.store.ofBusinessById(tx, businessId, id),
    );
  }

  /** @throws BadInputError */
  asOperator({ adminId }: AdminViewer, input: ResolveInput): Promise<ResolvedReview<OperatorStopReview>> {
    return this.resolve(
      { role: 'admin' },
      'operator',
      { reviewer: StopReviewer.OPERATOR, reviewedBy: adminId },
      input,
      (tx, id) => this.store.byId(tx, id),
    );
  }

  private async resolve<Of>(
    scope: Scope,
    viewer: string,
    by: Pick<Review, 'reviewer' | 'reviewedBy'>,
    input: ResolveInput,
    read: (tx: Transaction, id: string) => Promise<Of | undefined>,
  ): Promise<ResolvedReview<Of>> {
    const { review: handle, outcome, note } = parseInput(schema, input);
    const id = this.handles.open(viewer, 'rev', handle);
    return this.database.transaction(scope, async (tx) => {
      const resolved =
        id !== undefined && (await this.store.resolve(tx, id, { ...by, outcome, note: note ?? null }));
      const review = id && (await read(tx, id));
      if (!review) throw new BadInputError([{ field: 'input.review', rule: REVIEW_RULE }]);
      return { review, resolved };
    });
  }
}
