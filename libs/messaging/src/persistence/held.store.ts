import { Injectable } from '@nestjs/common';
import type { Statement, Transaction } from '@assent/platform';

/** A message that waits for something that is over before its time. */
export interface Held {
  lane: number;
  message_id: string;
  person_id: string;
  contact_id: string;
}

/** Messages that wait because their business was restricted, behind the sample of their template, or for a kill switch. */
@Injectable()
export class HeldStore {
  /**
   * Lets some of those be decided again at once whose restriction has ended before its time, or whose sample is settled.
   * Holds the guards of their people, ordered by lane and id, as everybody does who writes what waits.
   *
   * @param limit of each kind
   * @returns how many
   */
  async release(tx: Transaction, limit: number): Promise<number> {
    const held = (
      await Promise.all([tx.rows<Held>(restricted(limit)), tx.rows<Held>(behindSamples(limit))])
    ).flat();
    await this.letGo(tx, held);
    return held.length;
  }

  /** Lets these be decided again at once, those that still wait for it. Locks the guards of their people. */
  async letGo(tx: Transaction, held: readonly Held[]): Promise<void> {
    if (held.length === 0) return;
    const [lanes, people] = [held.map(({ lane }) => lane), held.map(({ person_id }) => person_id)];
    await Promise.all([
      tx.run({
        text: `SELECT FROM unnest($1::smallint[], $2::uuid[]) AS asked (lane, person_id)
          JOIN person_guard g ON g.lane = asked.lane AND g.person_id = asked.person_id
          ORDER BY g.lane, g.person_id FOR NO KEY UPDATE OF g`,
        values: [lanes, people],
      }),
      tx.run({
        text: `UPDATE message_wait w SET until = (SELECT assent_now())
          FROM unnest($1::smallint[], $2::uuid[]) AS held (lane, message_id)
          WHERE w.lane = held.lane AND w.message_id = held.message_id
            AND w.reason IN ('BUSINESS_RESTRICTED', 'TEMPLATE_PACING', 'BUSINESS_SWITCHED_OFF', 'MARKETING_SWITCHED_OFF',
              'TEMPLATE_SWITCHED_OFF')`,
        values: [lanes, held.map(({ message_id }) => message_id)],
      }),
      // May wait for a claim of such a conversation, which holds nothing else and ends at once.
      tx.run({
        text: `UPDATE conversation_queue q SET due_at = (SELECT assent_now())
          FROM unnest($1::smallint[], $2::uuid[], $3::uuid[]) AS held (lane, person_id, contact_id)
          WHERE q.lane = held.lane AND q.person_id = held.person_id AND q.contact_id = held.contact_id
            AND q.due_at > (SELECT assent_now()) AND q.attempts = 0`,
        values: [lanes, people, held.map(({ contact_id }) => contact_id)],
      }),
    ]);
  }
}

/** Those that wait longer than their business is restricted. */
function restricted(limit: number): Statement {
  return {
    text: `SELECT w.lane, w.message_id, w.person_id, w.contact_id
      FROM (
        SELECT DISTINCT business_id FROM restriction WHERE ended_at > (SELECT assent_now()) - interval '31 days'
      ) ended
      JOIN message_wait w ON w.business_id = ended.business_id AND w.reason = 'BUSINESS_RESTRICTED'
      WHERE w.until > (SELECT assent_now()) AND NOT EXISTS (
        SELECT FROM restriction r WHERE r.business_id = w.business_id AND r.ended_at IS NULL
          AND (r.until IS NULL OR r.until >= w.until))
      LIMIT $1`,
    values: [limit],
  };
}

/** Those whose sample was over, or failed, after they were accepted: as the gate of dispatch sees it. */
function behindSamples(limit: number): Statement {
  return {
    text: `SELECT w.lane, w.message_id, w.person_id, w.contact_id
      FROM message_wait w JOIN template_sample s ON s.template_id = w.template_id
      WHERE (s.passed_at > s.began_at OR s.failed_at > s.began_at)
        AND w.reason = 'TEMPLATE_PACING' AND w.until > (SELECT assent_now()) AND (
        w.message_id < assent_uuid_floor(s.passed_at)
        OR (w.message_id < assent_uuid_floor(s.failed_at) AND s.failed_at < w.paced_until))
      LIMIT $1`,
    values: [limit],
  };
}
