import { Injectable } from '@nestjs/common';
import { Database } from '@assent/platform';

/** A carrier repeats what it can not be sure of; its ids are good for minutes, so a day is plenty for any two clocks. */
const KEPT_HOURS = 24;

/** What carriers were answered, under the keys of what they sent. */
@Injectable()
export class CarrierAnswerStore {
  constructor(private readonly database: Database) {}

  /** The answer that was given before; undefined: none was. */
  async find(key: Buffer): Promise<{ reply: string | null } | undefined> {
    const [row] = await this.database.rows<{ reply: string | null }>(
      { role: 'gate' },
      { text: 'SELECT reply FROM carrier_answer WHERE key_hash = $1', values: [key] },
    );
    return row;
  }

  /**
   * Keeps an answer. Where the same thing came twice at the same time, only one of the two did anything and has a reply: both
   * answer with that. @returns the reply that counts
   */
  async keep(key: Buffer, reply: string | null): Promise<string | null> {
    const [row] = await this.database.rows<{ reply: string | null }>(
      { role: 'gate' },
      {
        text: `INSERT INTO carrier_answer (key_hash, reply, at) VALUES ($1, $2, assent_now())
          ON CONFLICT (key_hash) DO UPDATE SET reply = coalesce(carrier_answer.reply, excluded.reply) RETURNING reply`,
        values: [key, reply],
      },
    );
    return row?.reply ?? null;
  }

  /** Removes up to `limit` answers that nobody asks for again. @returns how many */
  async forget(limit: number): Promise<number> {
    return this.database.transaction({ role: 'gate' }, (tx) =>
      tx.run({
        text: `DELETE FROM carrier_answer WHERE key_hash IN (
            SELECT key_hash FROM carrier_answer WHERE at < (SELECT assent_now()) - $1 * interval '1 hour'
            ORDER BY at LIMIT $2 FOR UPDATE SKIP LOCKED
          )`,
        values: [KEPT_HOURS, limit],
      }),
    );
  }
}
