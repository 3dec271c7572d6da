import { Injectable } from '@nestjs/common';
import type { Transaction } from '@assent/platform';
import type { SpamScore } from '../domain/spam-score.js';

/** Spam scores, as they were last found. */
@Injectable()
export class SpamScoreStore {
  /** Keeps a score, in the transaction that holds the reader's row of the business. */
  async keep(tx: Transaction, businessId: string, { score, at }: SpamScore): Promise<void> {
    await tx.run({
      text: `INSERT INTO spam_score (business_id, score, at) VALUES ($1, $2, $3)
        ON CONFLICT (business_id) DO UPDATE SET score = excluded.score, at = excluded.at`,
      values: [businessId, score, at],
    });
  }

  /** In any role that may read it; undefined: none was found yet. */
  async of(tx: Transaction, businessId: string): Promise<SpamScore | undefined> {
    const [row] = await tx.rows<SpamScore>({
      text: 'SELECT score, at FROM spam_score WHERE business_id = $1',
      values: [businessId],
    });
    return row;
  }
}

/** A column of `selectSpamScore` as it is read: milliseconds, since JSON knows no times. Null: there is none. */
export type SpamScoreColumn = { score: number; at: number } | null;

/**
 * The spam score of a business as one column for a statement that reads the business anyway.
 *
 * @param businessId what names the business in that statement
 */
export function selectSpamScore(businessId: string): string {
  return `(SELECT jsonb_build_object('score', score, 'at', extract(epoch FROM at) * 1000) FROM spam_score
    WHERE business_id = ${businessId})`;
}

/** What a column of `selectSpamScore` says. */
export function toSpamScore(column: SpamScoreColumn): SpamScore | null {
  return column && { score: column.score, at: new Date(column.at) };
}
