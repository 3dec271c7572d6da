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

/** Of a UUIDv7 as it is written: its 48 bits of time. */
const TIME_CHARS = 13;

/** Stops between their two transactions. */
@Injectable()
export class StopIntentStore {
  /**
   * Keeps intents, the commit of the transaction with them, and returns their ids in order. It waits for no lock. An id carries
   * the database's time, which is put into it there: asking for it would be a round trip before the stop holds.
   */
  async add(
    tx: Transaction,
    { lane, personId }: PersonKey,
    intents: readonly Omit<StopIntent, 'id'>[],
  ): Promise<string[]> {
    const timeless = intents.map(() => uuid7(0));
    const rows = await tx.finish<{ id: string }>({
      name: 'stop-intents-add',
      text: `INSERT INTO stop_intent (lane, person_id, id, business_id, subject, source, created_at)
        SELECT $1, $2, overlay(intent.id::text PLACING left(assent_uuid_floor(clock.now)::text, ${TIME_CHARS}) FROM 1)::uuid,
          intent.business_id, intent.subject, intent.source, clock.now
        FROM (SELECT assent_now() AS now OFFSET 0) clock
        CROSS JOIN unnest($3::uuid[], $4::uuid[], $5::consent_subject[], $6::text[]) AS intent (id, business_id, subject, source)
        RETURNING id`,
      values: [
        lane,
        personId,
        timeless,
        intents.map(({ businessId }) => businessId),
        intents.map(({ subject }) => subject),
        intents.map(({ source }) => source),
      ],
    });
    const ids = new Map(rows.map(({ id }) => [id.slice(TIME_CHARS), id]));
    return timeless.map((id) => {
      const made = ids.get(id.slice(TIME_CHARS));
      if (made === undefined) throw new Error('A stop intent was not kept');
      return made;
    });
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
