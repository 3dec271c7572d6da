import { Injectable } from '@nestjs/common';
import { Database } from '@assent/platform';

/** How long a worker may hold a conversation before others take it. */
const LEASE = '30 seconds';
/** After so many tries in a row a conversation is parked for an admin. */
const MOST_ATTEMPTS = 8;

/** A conversation that this worker holds; `fence` is checked at every write. */
export interface Claim {
  lane: number;
  personId: string;
  contactId: string;
  fence: number;
}

/** The queue of conversations with something to dispatch. */
@Injectable()
export class QueueStore {
  constructor(private readonly database: Database) {}

  /**
   * Claims up to `limit` due conversations, longest due first, under a lease. The claim commits without waiting for the
   * disk: one that a crash forgets is simply claimed again.
   */
  claim(limit: number): Promise<Claim[]> {
    return this.database.transaction({ role: 'engine' }, async (tx) => {
      const [, rows] = await Promise.all([
        tx.run({ text: 'SET LOCAL synchronous_commit = off' }),
        tx.rows<{ lane: number; person_id: string; contact_id: string; fence: number }>({
          name: 'queue-claim',
          text: `WITH due AS (
              SELECT lane, person_id, contact_id FROM conversation_queue
              WHERE parked_at IS NULL AND due_at <= (SELECT assent_now())
                AND (lease_until IS NULL OR lease_until <= (SELECT assent_now()))
              ORDER BY due_at LIMIT $1 FOR UPDATE SKIP LOCKED
            )
            UPDATE conversation_queue q
            SET lease_until = (SELECT assent_now()) + interval '${LEASE}', fence = q.fence + 1, attempts = q.attempts + 1
            FROM due WHERE q.lane = due.lane AND q.person_id = due.person_id AND q.contact_id = due.contact_id
            RETURNING q.lane, q.person_id, q.contact_id, q.fence`,
          values: [limit],
        }),
      ]);
      return rows.map(({ lane, person_id, contact_id, fence }) => ({
        lane,
        personId: person_id,
        contactId: contact_id,
        fence,
      }));
    });
  }

  /**
   * Puts a conversation back after its dispatch failed: later by 1 s, 2 s, 4 s … up to 5 min, with jitter; after 8
   * tries it is parked with the error. Does nothing when another worker holds it by now.
   */
  async putBack({ lane, personId, contactId, fence }: Claim, error: string): Promise<void> {
    await this.database.transaction({ role: 'engine' }, (tx) =>
      tx.run({
        text: `UPDATE conversation_queue SET lease_until = NULL,
            due_at = (SELECT assent_now()) + least(interval '5 minutes', interval '1 second' * 2 ^ (attempts - 1)) * (0.75 + random() / 2),
            parked_at = CASE WHEN attempts >= ${MOST_ATTEMPTS} THEN (SELECT assent_now()) END,
            parked_error = CASE WHEN attempts >= ${MOST_ATTEMPTS} THEN left($5, 500) END
          WHERE lane = $1 AND person_id = $2 AND contact_id = $3 AND fence = $4`,
        values: [lane, personId, contactId, fence, error],
      }),
    );
  }
}
