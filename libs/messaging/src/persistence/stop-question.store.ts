import { Injectable } from '@nestjs/common';
import { laneOf, type PersonKey, type Transaction } from '@assent/platform';
import type {
  FoundStop,
  SealedSentence,
  StopAnswer,
  StopReviewer,
  StopReviewOutcome,
} from '../domain/stop-review.js';

/** A sentence that was taken for a stop, to be asked about and reviewed. */
export interface NewStopReview {
  id: string;
  businessId: string;
  contactId: string;
  messageId: string;
  language: string;
  rule: string;
  suggested: StopAnswer;
  content: SealedSentence;
  detectedAt: Date;
  dueAt: Date;
}

/** A question with what was said of it by those who reviewed it, for the person's own copy. */
export interface ReviewedQuestion extends FoundStop {
  rule: string;
  dueAt: Date;
  outcome: StopReviewOutcome | null;
  note: string | null;
  reviewer: StopReviewer | null;
  reviewedAt: Date | null;
}

interface QuestionRow {
  id: string;
  business_id: string;
  language: string;
  suggested: StopAnswer;
  detected_at: Date;
  answer: StopAnswer | null;
  answered_at: Date | null;
  content: Buffer;
  content_salt: Buffer | null;
}

interface ReviewedRow {
  rule: string;
  due_at: Date;
  outcome: StopReviewOutcome | null;
  note: string | null;
  reviewer: StopReviewer | null;
  reviewed_at: Date | null;
}

const COLUMNS =
  'id, business_id, language, suggested, detected_at, answer, answered_at, content, content_salt';

/** What persons are asked about their sentences. */
@Injectable()
export class StopQuestionStore {
  /** Keeps a question, in the role `engine`. @returns false where one about this business is open already */
  async add(tx: Transaction, { lane, personId }: PersonKey, review: NewStopReview): Promise<boolean> {
    const added = await tx.run({
      text: `INSERT INTO stop_review (lane, person_id, id, business_id, contact_id, message_id, language, rule, suggested,
          content, content_salt, detected_at, due_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
        ON CONFLICT (lane, person_id, business_id) WHERE answered_at IS NULL DO NOTHING`,
      values: [
        lane,
        personId,
        review.id,
        review.businessId,
        review.contactId,
        review.messageId,
        review.language,
        review.rule,
        review.suggested,
        review.content.bytes,
        review.content.salt,
        review.detectedAt,
        review.dueAt,
      ],
    });
    return added === 1;
  }

  /** A person's question. */
  async byId(tx: Transaction, { lane, personId }: PersonKey, id: string): Promise<FoundStop | undefined> {
    const [row] = await tx.rows<QuestionRow>({
      text: `SELECT ${COLUMNS} FROM stop_review WHERE lane = $1 AND person_id = $2 AND id = $3`,
      values: [lane, personId, id],
    });
    return row && toQuestion(row);
  }

  /** A person's questions newest first, before one; only open or answered ones where that is said. */
  async page(
    tx: Transaction,
    { lane, personId }: PersonKey,
    open: boolean | null,
    before: string | null,
    limit: number,
  ): Promise<FoundStop[]> {
    const rows = await tx.rows<QuestionRow>({
      text: `SELECT ${COLUMNS} FROM stop_review WHERE lane = $1 AND person_id = $2
          AND ($3::boolean IS NULL OR (answered_at IS NULL) = $3) AND ($4::uuid IS NULL OR id < $4)
        ORDER BY id DESC LIMIT $5`,
      values: [lane, personId, open, before, limit],
    });
    return rows.map(toQuestion);
  }

  /** All that is kept of a person's sentences, oldest first, after one. */
  async reviewed(
    tx: Transaction,
    { lane, personId }: PersonKey,
    after: string | null,
    limit: number,
  ): Promise<ReviewedQuestion[]> {
    const rows = await tx.rows<QuestionRow & ReviewedRow>({
      text: `SELECT ${COLUMNS}, rule, due_at, outcome, note, reviewer, reviewed_at FROM stop_review
        WHERE lane = $1 AND person_id = $2 AND ($3::uuid IS NULL OR id > $3) ORDER BY id LIMIT $4`,
      values: [lane, personId, after, limit],
    });
    return rows.map((row) => {
      const { rule, due_at, outcome, note, reviewer, reviewed_at } = row;
      return { ...toQuestion(row), rule, dueAt: due_at, outcome, note, reviewer, reviewedAt: reviewed_at };
    });
  }

  /** Keeps the person's answer. @returns false where there is one already */
  async answer(tx: Transaction, id: string, answer: StopAnswer): Promise<boolean> {
    const answered = await tx.run({
      text: `UPDATE stop_review SET answer = $3, answered_at = (SELECT assent_now())
        WHERE lane = $1 AND id = $2 AND answered_at IS NULL`,
      values: [laneOf(id), id, answer],
    });
    return answered === 1;
  }
}

function toQuestion(row: QuestionRow): FoundStop {
  return {
    id: row.id,
    businessId: row.business_id,
    language: row.language,
    suggested: row.suggested,
    detectedAt: row.detected_at,
    answer: row.answer,
    answeredAt: row.answered_at,
    content: { bytes: row.content, salt: row.content_salt },
  };
}
