import { Injectable } from '@nestjs/common';
import { laneOf, type PersonKey, type Transaction } from '@assent/platform';
import type { Reactions } from '../domain/reactions.js';
import { newestTemplate } from './newest-template.js';
import type { PersonSignal } from './person-signal.js';

/** What became known of one conversation with a business, or of the messages of one template in it. Null: nothing new. */
export interface Seen {
  contactId: string;
  /** The business, or the template. */
  subjectId: string;
  firstAt: Date | null;
  deliveredAt: Date | null;
  readAt: Date | null;
  repliedAt: Date | null;
}

/** A conversation, by its contact, with the reactions in it. */
export interface Signal extends Reactions {
  contactId: string;
}

/** How the reports of one conversation stand together: of all its messages, or of those of one template. */
export interface ConversationReports {
  contactId: string;
  businessId: string;
  /** The business, or the template. */
  subjectId: string;
  /** The latest that was not dismissed; null: there is none. */
  reportedAt: Date | null;
  /** The operator upheld one. */
  upheld: boolean;
}

interface SignalRow {
  contact_id: string;
  joined_at: number;
  other_businesses: number;
  first_at: number | null;
  delivered_at: number | null;
  read_at: number | null;
  replied_at: number | null;
  stopped_at: number | null;
  blocked_at: number | null;
  reported_at: number | null;
  upheld: boolean;
}

interface PersonSignalRow {
  business_id: string;
  subject_id: string;
  first_at: Date | null;
  delivered_at: Date | null;
  read_at: Date | null;
  replied_at: Date | null;
  stopped_at: Date | null;
  blocked_at: Date | null;
  reported_at: Date | null;
}

/** Times as numbers: a judgement reads a row for every conversation, and a Date of each would cost more than the rest. */
const TIMES = ['first', 'delivered', 'read', 'replied', 'stopped', 'blocked', 'reported']
  .map((kind) => `extract(epoch FROM s.${kind}_at)::float8 * 1000 AS ${kind}_at`)
  .join(', ');

/** The latest reaction of each kind in each conversation; in the role `engine`. */
@Injectable()
export class SignalStore {
  /**
   * Adds what became known. The rows of contacts are held FOR KEY SHARE: an
   * erasure, which takes the person off them, waits and then deletes what was written here; or it went first, and what
   * it took off is left out. Later times win, so that the same may be added again.
   */
  async add(tx: Transaction, businessId: string, seen: readonly Seen[]): Promise<void> {
    if (seen.length === 0) return;
    await tx.run({
      name: 'signal-add',
      text: `WITH seen AS (
          SELECT * FROM unnest($2::smallint[], $3::uuid[], $4::uuid[], $5::timestamptz[], $6::timestamptz[],
            $7::timestamptz[], $8::timestamptz[])
            AS t (lane, contact_id, subject_id, first_at, delivered_at, read_at, replied_at)
        ), held AS (
          SELECT c.lane, c.id, c.person_id FROM contact c
          WHERE (c.lane, c.id) IN (SELECT lane, contact_id FROM seen) AND c.business_id = $1 AND c.person_id IS NOT NULL
          ORDER BY c.lane, c.id FOR KEY SHARE
        )
        INSERT INTO quality_signal AS s (lane, contact_id, subject_id, business_id, person_id, joined_at, first_at,
          delivered_at, read_at, replied_at, last_at)
        SELECT seen.lane, seen.contact_id, subject_id, $1, p.id, p.created_at, first_at, delivered_at, read_at, replied_at,
          greatest(first_at, delivered_at, read_at, replied_at)
        FROM seen JOIN held ON held.lane = seen.lane AND held.id = seen.contact_id
        JOIN person p ON p.lane = held.lane AND p.id = held.person_id
        ORDER BY seen.lane, seen.contact_id, subject_id
        ON CONFLICT (lane, contact_id, subject_id) DO UPDATE SET first_at = least(s.first_at, excluded.first_at),
          delivered_at = greatest(s.delivered_at, excluded.delivered_at), read_at = greatest(s.read_at, excluded.read_at),
          replied_at = greatest(s.replied_at, excluded.replied_at), last_at = greatest(s.last_at, excluded.last_at)`,
      values: [
        businessId,
        seen.map(({ contactId }) => laneOf(contactId)),
        seen.map(({ contactId }) => contactId),
        seen.map(({ subjectId }) => subjectId),
        seen.map(({ firstAt }) => firstAt),
        seen.map(({ deliveredAt }) => deliveredAt),
        seen.map(({ readAt }) => readAt),
        seen.map(({ repliedAt }) => repliedAt),
      ],
    });
  }

  /**
   * Brings stops and blocks of these relations up to the state of consent, whatever happened in between: of the business,
   * and of the template whose message was the newest when each was said. Only what the person said themselves is a
   * reaction. Rows are written in the order of `add`, those that are withdrawn among them, so that neither deadlocks.
   */
  async bringUpStops(
    tx: Transaction,
    relations: readonly (PersonKey & { businessId: string })[],
  ): Promise<void> {
    if (relations.length === 0) return;
    await tx.run({
      name: 'signal-stops',
      text: `WITH asked AS (
          SELECT * FROM unnest($1::smallint[], $2::uuid[], $3::uuid[]) AS t (lane, person_id, business_id)
        ), held AS (
          SELECT c.lane, c.id, c.person_id, c.business_id FROM contact c
          WHERE (c.lane, c.person_id, c.business_id) IN (SELECT lane, person_id, business_id FROM asked)
          ORDER BY c.lane, c.id FOR KEY SHARE
        ), said AS (
          SELECT held.*, stands.stopped_at, stands.blocked_at FROM held CROSS JOIN LATERAL (
            SELECT max(cs.since) FILTER (WHERE cs.subject <> 'BLOCK') AS stopped_at,
              max(cs.since) FILTER (WHERE cs.subject = 'BLOCK') AS blocked_at
            FROM consent_state cs JOIN consent_event e ON e.lane = cs.lane AND e.person_id = cs.person_id AND e.id = cs.event_id
            WHERE cs.lane = held.lane AND cs.person_id = held.person_id AND cs.business_id = held.business_id
              AND cs.standing = 'STOPPED' AND e.actor = 'PERSON'
              AND cs.subject IN ('BLOCK', 'EVERYTHING', 'AUTHENTICATION', 'SERVICE', 'MARKETING')
          ) stands
        ), stands AS (
          SELECT lane, id, business_id AS subject_id, stopped_at, blocked_at, greatest(stopped_at, blocked_at) AS last_at
          FROM said
          UNION ALL
          SELECT lane, id, ${newestTemplate('said.lane', 'said.id', 'stopped_at')}, stopped_at, NULL, stopped_at
          FROM said WHERE stopped_at IS NOT NULL
          UNION ALL
          SELECT lane, id, ${newestTemplate('said.lane', 'said.id', 'blocked_at')}, NULL, blocked_at, blocked_at
          FROM said WHERE blocked_at IS NOT NULL
          UNION ALL
          SELECT s.lane, s.contact_id, s.subject_id, NULL, NULL, s.last_at
          FROM held JOIN quality_signal s ON s.lane = held.lane AND s.contact_id = held.id
          WHERE s.stopped_at IS NOT NULL OR s.blocked_at IS NOT NULL
        )
        INSERT INTO quality_signal AS s (lane, contact_id, subject_id, business_id, person_id, joined_at, stopped_at,
          blocked_at, last_at)
        SELECT held.lane, held.id, stands.subject_id, held.business_id, p.id, p.created_at, max(stands.stopped_at),
          max(stands.blocked_at), max(stands.last_at)
        FROM stands JOIN held USING (lane, id) JOIN person p ON p.lane = held.lane AND p.id = held.person_id
        WHERE stands.subject_id IS NOT NULL
        GROUP BY held.lane, held.id, stands.subject_id, held.business_id, p.id, p.created_at
        HAVING max(stands.last_at) IS NOT NULL
        ORDER BY held.lane, held.id, stands.subject_id
        ON CONFLICT (lane, contact_id, subject_id) DO UPDATE SET stopped_at = excluded.stopped_at,
          blocked_at = excluded.blocked_at, last_at = greatest(s.last_at, excluded.last_at)`,
      values: [
        relations.map(({ lane }) => lane),
        relations.map(({ personId }) => personId),
        relations.map(({ businessId }) => businessId),
      ],
    });
  }

  /** Brings conversations up to how their reports stand, row by row in the order of `add`. */
  async bringUpReports(tx: Transaction, reports: readonly ConversationReports[]): Promise<void> {
    await tx.run({
      text: `WITH stands AS (
          SELECT * FROM unnest($1::smallint[], $2::uuid[], $3::uuid[], $4::uuid[], $5::timestamptz[], $6::boolean[])
            AS t (lane, contact_id, business_id, subject_id, reported_at, upheld)
        ), held AS (
          SELECT c.lane, c.id, c.business_id, c.person_id FROM contact c
          WHERE (c.lane, c.id, c.business_id) IN (SELECT lane, contact_id, business_id FROM stands)
            AND c.person_id IS NOT NULL
          ORDER BY c.lane, c.id FOR KEY SHARE
        )
        INSERT INTO quality_signal AS s (lane, contact_id, subject_id, business_id, person_id, joined_at, reported_at, upheld,
          last_at)
        SELECT held.lane, held.id, subject_id, held.business_id, p.id, p.created_at, reported_at, upheld,
          coalesce(reported_at, (SELECT assent_now()))
        FROM stands JOIN held ON held.lane = stands.lane AND held.id = stands.contact_id
        JOIN person p ON p.lane = held.lane AND p.id = held.person_id
        ORDER BY held.lane, held.id, subject_id
        ON CONFLICT (lane, contact_id, subject_id) DO UPDATE SET reported_at = excluded.reported_at, upheld = excluded.upheld,
          last_at = greatest(s.last_at, excluded.last_at)`,
      values: [
        reports.map(({ contactId }) => laneOf(contactId)),
        reports.map(({ contactId }) => contactId),
        reports.map(({ businessId }) => businessId),
        reports.map(({ subjectId }) => subjectId),
        reports.map(({ reportedAt }) => reportedAt),
        reports.map(({ upheld }) => upheld),
      ],
    });
  }

  /** Templates of a business that have been reacted to, or were judged before. */
  async templatesOf(tx: Transaction, businessId: string): Promise<string[]> {
    const rows = await tx.rows<{ id: string }>({
      name: 'signal-templates',
      text: `SELECT t.id FROM template t WHERE t.business_id = $1
          AND (EXISTS (SELECT FROM quality_signal s WHERE s.subject_id = t.id) OR EXISTS (SELECT FROM quality q WHERE q.subject_id = t.id))
        ORDER BY t.id`,
      values: [businessId],
    });
    return rows.map(({ id }) => id);
  }

  /** Forgets conversations of subjects without any reaction since a time. */
  async forget(tx: Transaction, subjectIds: readonly string[], before: Date): Promise<void> {
    await tx.run({
      text: 'DELETE FROM quality_signal WHERE subject_id = ANY ($1::uuid[]) AND last_at < $2',
      values: [subjectIds, before],
    });
  }

  /** Conversations of a subject behind one of them, with how many other verified businesses messaged each person. */
  async page(
    tx: Transaction,
    subjectId: string,
    after: string | undefined,
    limit: number,
  ): Promise<Signal[]> {
    const rows = await tx.rows<SignalRow>({
      name: 'signal-page',
      text: `SELECT s.contact_id, extract(epoch FROM s.joined_at)::float8 * 1000 AS joined_at, ${TIMES}, s.upheld,
          (SELECT count(DISTINCT o.business_id) FROM quality_signal o JOIN business b ON b.id = o.business_id
            WHERE o.lane = s.lane AND o.person_id = s.person_id AND o.business_id <> s.business_id
              AND o.first_at IS NOT NULL AND b.status = 'VERIFIED')::int AS other_businesses
        FROM quality_signal s
        WHERE s.subject_id = $1 AND ($2::smallint IS NULL OR (s.lane, s.contact_id) > ($2, $3::uuid))
        ORDER BY s.lane, s.contact_id LIMIT $4`,
      values: [subjectId, after === undefined ? null : laneOf(after), after ?? null, limit],
    });
    return rows.map((row) => ({
      contactId: row.contact_id,
      joinedAt: row.joined_at,
      otherBusinesses: row.other_businesses,
      firstAt: row.first_at,
      deliveredAt: row.delivered_at,
      readAt: row.read_at,
      repliedAt: row.replied_at,
      stoppedAt: row.stopped_at,
      blockedAt: row.blocked_at,
      reportedAt: row.reported_at,
      upheld: row.upheld,
    }));
  }

  /** How many businesses and templates a person reacted to; in the role `person`. */
  async countOfPerson(tx: Transaction, { lane, personId }: PersonKey): Promise<number> {
    const [row] = await tx.rows<{ count: number }>({
      text: `SELECT count(*) AS count FROM quality_signal
        WHERE lane = $1 AND person_id = $2`,
      values: [lane, personId],
    });
    return row?.count ?? 0;
  }

  /** A person's reactions by business and template, behind one of these; in the role `person`. */
  async ofPerson(
    tx: Transaction,
    { lane, personId }: PersonKey,
    after: Pick<PersonSignal, 'businessId' | 'subjectId'> | null,
    limit: number,
  ): Promise<PersonSignal[]> {
    const rows = await tx.rows<PersonSignalRow>({
      text: `SELECT business_id, subject_id, first_at, delivered_at, read_at, replied_at, stopped_at, blocked_at, reported_at
        FROM quality_signal WHERE lane = $1 AND person_id = $2
          AND ($3::uuid IS NULL OR (business_id, subject_id) > ($3, $4::uuid))
        ORDER BY business_id, subject_id LIMIT $5`,
      values: [lane, personId, after?.businessId ?? null, after?.subjectId ?? null, limit],
    });
    return rows.map((row) => ({
      businessId: row.business_id,
      subjectId: row.subject_id,
      firstAt: row.first_at,
      deliveredAt: row.delivered_at,
      readAt: row.read_at,
      repliedAt: row.replied_at,
      stoppedAt: row.stopped_at,
      blockedAt: row.blocked_at,
      reportedAt: row.reported_at,
    }));
  }
}
