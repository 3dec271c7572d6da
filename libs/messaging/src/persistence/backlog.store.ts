import { Injectable } from '@nestjs/common';
import { Database } from '@assent/platform';

/** What waits in one queue. */
export interface Backlog {
  queue: 'conversations' | 'PUSH' | 'SMS';
  /** How many are due; counted as far as MOST_COUNTED. */
  due: number;
  /** For how many seconds the oldest of them has been due. */
  oldestSeconds: number;
}

/** A count is worth no more of the database's time than this. */
export const MOST_COUNTED = 10_000;

/** How far dispatch and hand-offs are behind. */
@Injectable()
export class BacklogStore {
  constructor(private readonly database: Database) {}

  /** Of each queue, from the index of what is due, which has `lane >= 0`; takes no lock. */
  read(): Promise<Backlog[]> {
    return this.database.rows<Backlog & Record<string, unknown>>(
      { role: 'engine' },
      {
        text: `WITH due AS (
            (SELECT 'conversations' AS queue, due_at FROM conversation_queue
              WHERE parked_at IS NULL AND lane >= 0 AND due_at <= assent_now() ORDER BY due_at LIMIT $1)
            UNION ALL
            (SELECT carrier, due_at FROM hand_off WHERE carrier = 'PUSH' AND state IN ('WAITING', 'HANDING') AND due_at <= assent_now()
              ORDER BY due_at LIMIT $1)
            UNION ALL
            (SELECT carrier, due_at FROM hand_off WHERE carrier = 'SMS' AND state IN ('WAITING', 'HANDING') AND due_at <= assent_now()
              ORDER BY due_at LIMIT $1))
          SELECT queue, count(due_at)::integer AS due,
            coalesce(extract(epoch FROM assent_now() - min(due_at)), 0)::double precision AS "oldestSeconds"
          FROM unnest(ARRAY['conversations', 'PUSH', 'SMS']) AS queue LEFT JOIN due USING (queue) GROUP BY queue`,
        values: [MOST_COUNTED],
      },
    );
  }
}
