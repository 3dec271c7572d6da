import { Injectable } from '@nestjs/common';
import { laneOf, type Transaction } from '@assent/platform';
import type {
  Review,
  StopAnswer,
  StopReview,
  StopReviewer,
  StopReviewOutcome,
} from '../domain/stop-review.js';

/** As a business sees it: with the contact, and an answer that does not tell of other businesses. */
export interface BusinessStopReview extends StopReview {
  contactId: string;
}

/** As the operator sees it: with the name of the business, and nothing that says who the person is. */
export interface OperatorStopReview extends StopReview {
  businessName: string;
}

interface ReviewRow {
  id: string;
  business_id: string;
  language: string;
  rule: string;
  suggested: StopAnswer;
  detected_at: Date;
  due_at: Date;
  overdue: boolean;
  answer: StopAnswer | null;
  answered_at: Date | null;
  outcome: StopReviewOutcome | null;
  note: string | null;
  reviewer: StopReviewer | null;
  reviewed_at: Date | null;
  content: Buffer;
  content_salt: Buffer | null;
}

/** Which reviews, and from where on. */
export interface ReviewPage {
  /** True: neither answered nor reviewed; false: the others; null: all. */
  open: boolean | null;
  after: string | null;
  limit: number;
}

const OPEN = 'r.answered_at IS NULL AND r.reviewed_at IS NULL';
const COLUMNS = `r.id, r.business_id, r.language, r.rule, r.suggested, r.detected_at, r.due_at,
  ${OPEN} AND r.due_at < (SELECT assent_now()) AS overdue, r.answered_at, r.outcome, r.note, r.reviewer, r.reviewed_at,
  r.content, r.content_salt`;
const FOR_BUSINESS = `SELECT ${COLUMNS}, r.answer_to_business AS answer, r.contact_id FROM stop_review r
  WHERE r.business_id = $1`;
const FOR_OPERATOR = `SELECT ${COLUMNS}, r.answer, b.display_name FROM stop_review r JOIN business b ON b.id = r.business_id
  WHERE true`;

/** A page of reviews by deadline, so that what is overdue comes first. Its parameters stand behind those of the rest. */
function pageFrom(given: number): string {
  const [open, lane, after, limit] = [1, 2, 3, 4].map((nr) => `$${given + nr}`);
  return `AND (${open}::boolean IS NULL OR (${OPEN}) = ${open})
    AND (${after}::uuid IS NULL OR (r.due_at, r.id) >
      (SELECT due_at, id FROM stop_review WHERE lane = ${lane} AND id = ${after}))
    ORDER BY r.due_at, r.id LIMIT ${limit}`;
}

const pageValues = ({ open, after, limit }: ReviewPage) => [open, after && laneOf(after), after, limit];

/** Sentences that were taken for a stop, as those see them who review them. */
@Injectable()
export class StopReviewStore {
  /** A business's own, in its role. */
  async ofBusiness(tx: Transaction, businessId: string, page: ReviewPage): Promise<BusinessStopReview[]> {
    const rows = await tx.rows<ReviewRow & { contact_id: string }>({
      text: `${FOR_BUSINESS} ${pageFrom(1)}`,
      values: [businessId, ...pageValues(page)],
    });
    return rows.map((row) => ({ ...toReview(row), contactId: row.contact_id }));
  }

  /** One of a business, in its role. */
  async ofBusinessById(
    tx: Transaction,
    businessId: string,
    id: string,
  ): Promise<BusinessStopReview | undefined> {
    const [row] = await tx.rows<ReviewRow & { contact_id: string }>({
      text: `${FOR_BUSINESS} AND r.lane = $2 AND r.id = $3`,
      values: [businessId, laneOf(id), id],
    });
    return row && { ...toReview(row), contactId: row.contact_id };
  }

  /** Those of all businesses, in the role `admin`. */
  async ofAll(tx: Transaction, page: ReviewPage): Promise<OperatorStopReview[]> {
    const rows = await tx.rows<ReviewRow & { display_name: string }>({
      text: `${FOR_OPERATOR} ${pageFrom(0)}`,
      values: pageValues(page),
    });
    return rows.map((row) => ({ ...toReview(row), businessName: row.display_name }));
  }

  /** One of any business, in the role `admin`. */
  async byId(tx: Transaction, id: string): Promise<OperatorStopReview | undefined> {
    const [row] = await tx.rows<ReviewRow & { display_name: string }>({
      text: `${FOR_OPERATOR} AND r.lane = $1 AND r.id = $2`,
      values: [laneOf(id), id],
    });
    return row && { ...toReview(row), businessName: row.display_name };
  }

  /** Keeps what a reviewer said, in their role. @returns false where it was answered or reviewed already */
  async resolve(tx: Transaction, id: string, review: Review): Promise<boolean> {
    const resolved = await tx.run({
      text: `UPDATE stop_review r SET outcome = $3, note = $4, reviewer = $5, reviewed_by = $6,
          reviewed_at = (SELECT assent_now())
        WHERE r.lane = $1 AND r.id = $2 AND ${OPEN}`,
      values: [laneOf(id), id, review.outcome, review.note, review.reviewer, review.reviewedBy],
    });
    return resolved === 1;
  }
}

function toReview(row: ReviewRow): StopReview {
  return {
    id: row.id,
    businessId: row.business_id,
    language: row.language,
    rule: row.rule,
    suggested: row.suggested,
    detectedAt: row.detected_at,
    dueAt: row.due_at,
    overdue: row.overdue,
    answer: row.answer,
    answeredAt: row.answered_at,
    outcome: row.outcome,
    note: row.note,
    reviewer: row.reviewer,
    reviewedAt: row.reviewed_at,
    content: { bytes: row.content, salt: row.content_salt },
  };
}
