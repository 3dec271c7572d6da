import { Injectable } from '@nestjs/common';
import { badCursor, Database, Handles, pageSchema, parseInput } from '@assent/platform';
import type { StopReview } from '../domain/stop-review.js';
import { SentenceVault } from '../persistence/sentence-vault.js';
import {
  type BusinessStopReview,
  type OperatorStopReview,
  type ReviewPage,
  StopReviewStore,
} from '../persistence/stop-review.store.js';

export type { BusinessStopReview, OperatorStopReview };

interface PageInput {
  first: number;
  after?: string | null;
  open?: boolean | null;
}

/** Sentences that were taken for a stop, read by those who review them: by deadline, one more than `first` if there is. */
@Injectable()
export class ReadStopReviews {
  constructor(
    private readonly database: Database,
    private readonly handles: Handles,
    private readonly store: StopReviewStore,
    private readonly vault: SentenceVault,
  ) {}

  /** @throws BadInputError */
  async ofBusiness(businessId: string, input: PageInput): Promise<BusinessStopReview[]> {
    const page = this.page(`business:${businessId}`, input);
    return this.database.transaction({ role: 'business', businessId }, (tx) =>
      this.store.ofBusiness(tx, businessId, page),
    );
  }

  /** @throws BadInputError */
  async ofAll(input: PageInput): Promise<OperatorStopReview[]> {
    const page = this.page('operator', input);
    return this.database.transaction({ role: 'admin' }, (tx) => this.store.ofAll(tx, page));
  }

  /** What the person wrote; null where it was erased. */
  textOf({ id, content }: StopReview): string | null {
    return this.vault.open(id, content);
  }

  private page(viewer: string, { open, ...input }: PageInput): ReviewPage {
    const { first, after } = parseInput(pageSchema, input, 'stopReviews');
    const id = after ? this.handles.open(viewer, 'rev', after) : null;
    if (id === undefined) {
      throw badCursor('stopReviews');
    }
    return { open: open ?? null, after: id, limit: first + 1 };
  }
}
