import { Injectable } from '@nestjs/common';
import type { Transaction } from '@assent/platform';

/** For how long a queue counts as full that was found so, unless it is counted again before. */
const FULL_FOR = '30 seconds';

/** Of queues, whether they are full. */
@Injectable()
export class QueueLevelStore {
  /**
   * Counts the conversations that have something queued, of each business and of all, by an index alone and without a lock,
   * and notes which are too many.
   */
  async count(tx: Transaction, mostOfOne: number, mostOfAll: number): Promise<void> {
    await tx.run({
      text: `WITH counted AS (
          SELECT business_id, count(*) AS conversations FROM conversation_queue
          WHERE parked_at IS NULL GROUP BY GROUPING SETS ((business_id), ())
        ), found AS (
          INSERT INTO queue_full (business_id, until)
          SELECT business_id, (SELECT assent_now()) + interval '${FULL_FOR}' FROM counted
          WHERE conversations >= CASE WHEN business_id IS NULL THEN $2::bigint ELSE $1::bigint END
          ON CONFLICT (business_id) DO UPDATE SET until = excluded.until
          RETURNING business_id
        )
        DELETE FROM queue_full f
        WHERE NOT EXISTS (SELECT FROM found WHERE found.business_id IS NOT DISTINCT FROM f.business_id)`,
      values: [mostOfOne, mostOfAll],
    });
  }
}
