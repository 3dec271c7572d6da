import { Injectable } from '@nestjs/common';
import { type PersonKey, type Transaction, uuid7 } from '@assent/platform';
import type { ConsentSubject } from '../domain/consent-fact.js';

/** A stop under way: every decision from its commit on refuses what it covers. Its event will have the same id. */
export interface StopIntent {
  id: string;
  businessId: string | null;
  subject: ConsentSubject;
  source: string;
}

/** A person with stops that nobody finished. */
export interface Unfinished extends PersonKey {
  /** Since when, in milliseconds. */
  ageMs: number;
}

/** Stops between their two transactions. */
@Injectable()
export class StopIntentStore {
  /** Keeps intents, the commit of the transaction with them, and returns their ids in order. It waits for no lock. */
  async add(
    tx: Transaction,
    { lane, personId }: PersonKey,
    intents: readonly Omit<StopIntent, 'id'>[],
  ): Promise<string[]> {
    const now = await tx.now();
    const ids = intents.map(() => uuid7(now.getTime()));
    await tx.finish({
      name: 'stop-intents-add',
      text: `INSERT INTO stop_intent (lane, person_id, id, business_id, subject, source, created_at)
        SELECT $1, $2, intent.*, $7 FROM unnest($3::uuid[], $4::uuid[], $5::consent_subject[], $6::text[]) AS intent`,
      values: [
        lane,
        personId,
        ids,
        intents.map(({ businessId }) => businessId),
        intents.map(({ subject }) => subject),
        intents.map(({ source }) => source),
        now,
      ],
    });
    return ids;
  }

  /** A person's intents, oldest first. */
  async all(tx: Transaction, { lane, personId }: PersonKey): Promise<StopIntent[]> {
    const rows = await tx.rows<{
      id: string;
      business_id: string | null;
      subject: ConsentSubject;
      source: string;
    }>({
      name: 'stop-intents',
      text: `SELECT id, business_id, subject, source FROM stop_intent
        WHERE lane = $1 AND person_id = $2 ORDER BY created_at, id`,
      values: [lane, personId],
    });
    return rows.map(({ id, business_id, subject, source }) => ({
      id,
      businessId: business_id,
      subject,
      source,
    }));
  }

  async remove(tx: Transaction, { lane, personId }: PersonKey, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    await tx.run({
      name: 'stop-intents-remove',
      text: 'DELETE FROM stop_intent WHERE lane = $1 AND person_id = $2 AND id = ANY ($3)',
      values: [lane, personId, ids],
    });
  }

  /**
   * Some persons with intents older than `ageMs`. At random: workers that ask at the same time then seldom get the
   * same ones, and one that can not be finished never stands in the way of the others.
   */
  async unfinished(tx: Transaction, ageMs: number, limit: number): Promise<Unfinished[]> {
    const rows = await tx.rows<{ lane: number; person_id: string; age: number }>({
      text: `SELECT lane, person_id, (extract(epoch FROM assent_now() - min(created_at)) * 1000)::float8 AS age
        FROM stop_intent WHERE created_at < (SELECT assent_now()) - $1 * interval '1 millisecond'
        GROUP BY lane, person_id ORDER BY random() LIMIT $2`,
      values: [ageMs, limit],
    });
    return rows.map(({ lane, person_id, age }) => ({ lane, personId: person_id, ageMs: age }));
  }
}
