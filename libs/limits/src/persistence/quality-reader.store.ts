import { Injectable } from '@nestjs/common';
import type { PersonKey, Transaction } from '@assent/platform';
import { newestTemplate } from './newest-template.js';

/** A business that is being judged, and how far its events were read. */
export interface Reader {
  businessId: string;
  xid: string;
  eventId: string;
}

/** Something that happened in a conversation and says how a person takes it. */
export interface ReactionEvent {
  xid: string;
  id: string;
  contactId: string;
  /** Of the message that it happened to; of an answer: of the newest message that it came after. Null: free words. */
  templateId: string | null;
  what: 'DISPATCHED' | 'DELIVERED' | 'READ' | 'REPLIED';
  at: Date;
}

interface EventRow {
  xid: string;
  id: string;
  contact_id: string;
  template_id: string | null;
  what: ReactionEvent['what'];
  at: Date;
}

/** How far what has happened was read; in the role `engine`. */
@Injectable()
export class QualityReaderStore {
  /** Gives businesses that are new a reader of their own; sandboxes have none, since nobody real reacts there. */
  async enrol(tx: Transaction): Promise<void> {
    await tx.run({
      text: `INSERT INTO quality_reader (business_id, due_at) SELECT b.id, (SELECT assent_now()) FROM business b
        WHERE b.sandbox_of IS NULL AND NOT EXISTS (SELECT FROM quality_reader r WHERE r.business_id = b.id) ON CONFLICT DO NOTHING`,
    });
  }

  /** The business that is due longest, its reader held until the transaction ends: no two workers judge one business. */
  async claim(tx: Transaction): Promise<Reader | undefined> {
    const [row] = await tx.rows<{ business_id: string; xid: string; event_id: string }>({
      name: 'quality-claim',
      text: `SELECT business_id, xid::text, event_id FROM quality_reader WHERE due_at <= (SELECT assent_now())
        ORDER BY due_at LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED`,
    });
    return row && { businessId: row.business_id, xid: row.xid, eventId: row.event_id };
  }

  /**
   * Events behind a reader, oldest first, up to the oldest transaction that is still running: none commits behind it
   * later (ADR 7).
   */
  async events(
    tx: Transaction,
    { businessId, xid, eventId }: Reader,
    limit: number,
  ): Promise<ReactionEvent[]> {
    const rows = await tx.rows<EventRow>({
      name: 'quality-events',
      text: `WITH page AS MATERIALIZED (
          SELECT xid, id, lane, contact_id, message_id, at,
            CASE type WHEN 'message.received' THEN 'REPLIED' ELSE data ->> 'status' END AS what
          FROM event
          WHERE business_id = $1 AND (xid, id) > ($2::xid8, $3::uuid) AND xid < pg_snapshot_xmin(pg_current_snapshot())
            AND contact_id IS NOT NULL AND (type = 'message.received'
              OR type = 'message.status' AND data ->> 'status' IN ('DISPATCHED', 'DELIVERED', 'READ'))
          ORDER BY event.xid, id LIMIT $4
        )
        SELECT xid::text, id, contact_id, at, what, CASE what WHEN 'REPLIED'
            THEN ${newestTemplate('page.lane', 'page.contact_id', 'page.at')}
            ELSE (SELECT m.template_id FROM message m WHERE m.lane = page.lane AND m.id = page.message_id)
          END AS template_id
        FROM page ORDER BY page.xid, id`,
      values: [businessId, xid, eventId, limit],
    });
    return rows.map(({ contact_id, template_id, ...row }) => ({
      ...row,
      contactId: contact_id,
      templateId: template_id,
    }));
  }

  /** Puts a reader behind an event, and says after how many milliseconds to look again. */
  async move(tx: Transaction, { businessId, xid, eventId }: Reader, pauseMs: number): Promise<void> {
    await tx.run({
      text: `UPDATE quality_reader SET xid = $2::xid8, event_id = $3,
          due_at = (SELECT assent_now()) + make_interval(secs => $4::float8 / 1000)
        WHERE business_id = $1`,
      values: [businessId, xid, eventId, pauseMs],
    });
  }

  /** Lets businesses be judged at once; one that is being judged meanwhile keeps its time. */
  async hurry(tx: Transaction, businessIds: readonly string[]): Promise<void> {
    await tx.run({
      text: `UPDATE quality_reader SET due_at = least(due_at, (SELECT assent_now())) WHERE business_id IN (
          SELECT business_id FROM quality_reader WHERE business_id = ANY ($1::uuid[]) FOR NO KEY UPDATE SKIP LOCKED)`,
      values: [businessIds],
    });
  }

  /** How many leaves of the consent log were read, held until the transaction ends; undefined: somebody else has it. */
  async claimConsent(tx: Transaction): Promise<number | undefined> {
    const [row] = await tx.rows<{ leaves: number }>({
      text: 'SELECT leaves FROM quality_consent_reader FOR NO KEY UPDATE SKIP LOCKED',
    });
    return row?.leaves;
  }

  /**
   * Whose consent to which business changed in the leaves from one on. Leaves are given one after the other and commit
   * in their order, so nothing appears before one that was read.
   * @returns also how many leaves were looked at, erased ones among them
   */
  async changedConsents(
    tx: Transaction,
    from: number,
    limit: number,
  ): Promise<{ changed: (PersonKey & { businessId: string })[]; leaves: number }> {
    const [[size], changed] = await Promise.all([
      tx.rows<{ size: number }>({
        text: 'SELECT coalesce(max(index) + 1, 0) AS size FROM consent_log_node WHERE level = 0',
      }),
      tx.rows<{ lane: number; person_id: string; business_id: string }>({
        name: 'quality-consents',
        text: `SELECT DISTINCT p.lane, p.person_id, e.business_id FROM consent_log_position p
          JOIN consent_event e ON e.lane = p.lane AND e.person_id = p.person_id AND e.id = p.event_id
          WHERE p.leaf_index >= $1 AND p.leaf_index < $1 + $2::bigint AND e.business_id IS NOT NULL`,
        values: [from, limit],
      }),
    ]);
    return {
      changed: changed.map(({ lane, person_id, business_id }) => ({
        lane,
        personId: person_id,
        businessId: business_id,
      })),
      leaves: Math.min(limit, (size?.size ?? 0) - from),
    };
  }

  async moveConsent(tx: Transaction, leaves: number): Promise<void> {
    await tx.run({ text: 'UPDATE quality_consent_reader SET leaves = $1', values: [leaves] });
  }

  /** Verified businesses of the platform; a sandbox has nobody in it who is real. */
  async verifiedBusinesses(tx: Transaction): Promise<Set<string>> {
    const rows = await tx.rows<{ id: string }>({
      text: `SELECT id FROM business WHERE status = 'VERIFIED' AND sandbox_of IS NULL`,
    });
    return new Set(rows.map(({ id }) => id));
  }
}
