import { Injectable } from '@nestjs/common';
import type { PersonKey, Transaction } from '@assent/platform';

/** Deferred messages, waiting for their time. They are only written under the guard of their person. */
@Injectable()
export class WaitStore {
  /** Lets all that waits for a person be decided again at once, under their guard; as the person. */
  async decideAgain(tx: Transaction, { lane, personId }: PersonKey, at: Date): Promise<void> {
    await Promise.all([
      tx.run({
        text: 'UPDATE message_wait SET until = $3 WHERE lane = $1 AND person_id = $2 AND until > $3',
        values: [lane, personId, at],
      }),
      // May wait for a claim of such a conversation, which holds nothing else and ends at once.
      tx.run({
        text: `UPDATE conversation_queue q SET due_at = $3
          WHERE q.lane = $1 AND q.person_id = $2 AND q.due_at > $3 AND q.attempts = 0 AND EXISTS (
            SELECT FROM message_wait w WHERE w.lane = q.lane AND w.contact_id = q.contact_id)`,
        values: [lane, personId, at],
      }),
    ]);
  }
}
