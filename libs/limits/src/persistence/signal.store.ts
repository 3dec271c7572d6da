import { Injectable } from '@nestjs/common';
import { laneOf, type PersonKey, type Transaction } from '@assent/platform';
import type { Reactions } from '../domain/reactions.js';

/** What became known of one conversation. Null: nothing new of that kind. */
export interface Seen {
  contactId: string;
  firstAt: Date | null;
  deliveredAt: Date | null;
  readAt: Date | null;
  repliedAt: Date | null;
}

/** A conversation, by its contact, with the reactions in it. */
export interface Signal extends Reactions {
  contactId: string;
}

/** How the reports of one conversation stand together. */
export interface ConversationReports {
  contactId: string;
  businessId: string;
  /** The latest that was not dismissed; null: there is none. */
  reportedAt: Date | null;
  /** The operator upheld one. */
  upheld: boolean;
}

/** What is kept of a person's reactions to one business. */
export interface PersonSignal {
  businessId: string;
  firstAt: Date | null;
  deliveredAt: Date | null;
  readAt: Date | null;
  repliedAt: Date | null;
  stoppedAt: Date | null;
  blockedAt: Date | null;
  reportedAt: Date | null;
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
   * Adds what became known, to a subject (a business or a template) each. The rows of contacts are held FOR KEY SHARE: an
   * erasure, which takes the person off them, waits and then deletes what was written here; or it went first, and what
   * it took off is left out. Later times win, so that the same may be added again.
   */
  async add(
    tx: Transaction,
    businessId: string,
    seen: readonly (Seen & { subjectId: string })[],
  ): Promise<void> {
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
   * Brings stops and blocks of these relations up to the state of consent, whatever happened in between. Only what the
   * person said themselves is a reaction.
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
        ), withdrawn AS (
          UPDATE quality_signal s SET stopped_at = said.stopped_at, blocked_at = said.blocked_at
          FROM said WHERE s.lane = said.lane AND s.contact_id = said.id AND s.subject_id = said.business_id
            AND said.stopped_at IS NULL AND said.blocked_at IS NULL
        )
        INSERT INTO quality_signal AS s (lane, contact_id, subject_id, business_id, person_id, joined_at, stopped_at,
          blocked_at, last_at)
        SELECT said.lane, said.id, said.business_id, said.business_id, p.id, p.created_at, stopped_at, blocked_at,
          greatest(stopped_at, blocked_at)
        FROM said JOIN person p ON p.lane = said.lane AND p.id = said.person_id
        WHERE stopped_at IS NOT NULL OR blocked_at IS NOT NULL
        ORDER BY said.lane, said.id
        ON CONFLICT (lane, contact_id, subject_id) DO UPDATE SET stopped_at = excluded.stopped_at,
          blocked_at = excluded.blocked_at, last_at = greatest(s.last_at, excluded.last_at)`,
      values: [
        relations.map(({ lane }) => lane),
        relations.map(({ personId }) => personId),
        relations.map(({ businessId }) => businessId),
      ],
    });
  }

  /** Brings a conversation up to how its reports stand. */
  async bringUpReports(
    tx: Transaction,
    { contactId, businessId, reportedAt, upheld }: ConversationReports,
  ): Promise<void> {
    await tx.run({
      text: `WITH held AS (
          SELECT c.lane, c.id, c.business_id, c.person_id FROM contact c
          WHERE c.lane = $1 AND c.id = $2 AND c.business_id = $3 AND c.person_id IS NOT NULL FOR KEY SHARE
        )
        INSERT INTO quality_signal AS s (lane, contact_id, subject_id, business_id, person_id, joined_at, reported_at, upheld,
          last_at)
        SELECT held.lane, held.id, held.business_id, held.business_id, p.id, p.created_at, $4::timestamptz, $5::boolean,
          coalesce($4, (SELECT assent_now()))
        FROM held JOIN person p ON p.lane = held.lane AND p.id = held.person_id
        ON CONFLICT (lane, contact_id, subject_id) DO UPDATE SET reported_at = excluded.reported_at, upheld = excluded.upheld,
          last_at = greatest(s.last_at, excluded.last_at)`,
      values: [laneOf(contactId), contactId, businessId, reportedAt, upheld],
    });
  }

  /** Forgets conversations of a subject without any reaction since a time. */
  async forget(tx: Transaction, subjectId: string, before: Date): Promise<void> {
    await tx.run({
      text: 'DELETE FROM quality_signal WHERE subject_id = $1 AND last_at < $2',
      values: [subjectId, before],
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

  /** How many businesses a person reacted to; in the role `person`. */
  async countOfPerson(tx: Transaction, { lane, personId }: PersonKey): Promise<number> {
    const [row] = await tx.rows<{ count: number }>({
      text: `SELECT count(*) AS count FROM quality_signal
        WHERE lane = $1 AND person_id = $2 AND subject_id = business_id`,
      values: [lane, personId],
    });
    return row?.count ?? 0;
  }

  /** A person's reactions by business, behind one of these; in the role `person`. */
  async ofPerson(
    tx: Transaction,
    { lane, personId }: PersonKey,
    afterBusiness: string | null,
    limit: number,
  ): Promise<PersonSignal[]> {
    const rows = await tx.rows<PersonSignalRow>({
      text: `SELECT business_id, first_at, delivered_at, read_at, replied_at, stopped_at, blocked_at, reported_at
        FROM quality_signal WHERE lane = $1 AND person_id = $2 AND subject_id = business_id
          AND ($3::uuid IS NULL OR business_id > $3)
        ORDER BY business_id LIMIT $4`,
      values: [lane, personId, afterBusiness, limit],
    });
    return rows.map((row) => ({
      businessId: row.business_id,
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
