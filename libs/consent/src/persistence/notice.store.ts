import { Injectable } from '@nestjs/common';
import { Hints, type PersonKey, type Transaction, uuid7 } from '@assent/platform';
import type { Purpose } from '../domain/purpose.js';

/** Something to tell a person. */
export interface NewNotice extends PersonKey {
  /** Capitals and underscores, at most 40; the person API says what it is by its `noticeKind`. */
  kind: string;
  /** Which business it is about; null: no single one. */
  businessId: string | null;
  purpose: Purpose | null;
  /** What it is about, where that is something with an id of its own. */
  referenceId: string | null;
  /** What else its text is made of, at most 4,096 bytes of JSON; never a number or the text of a message. */
  data: Record<string, string | number | boolean | null>;
  at: Date;
}

/** A notice as it is kept. */
export interface StoredNotice extends Omit<NewNotice, keyof PersonKey | 'at'> {
  id: string;
  /** Its place among the person's notices, from 1, without gaps. */
  seq: number;
  createdAt: Date;
  readAt: Date | null;
}

interface NoticeRow {
  id: string;
  seq: number;
  kind: string;
  business_id: string | null;
  purpose: Purpose | null;
  reference_id: string | null;
  data: StoredNotice['data'];
  created_at: Date;
  read_at: Date | null;
}

const COLUMNS = 'id, seq, kind, business_id, purpose, reference_id, data, created_at, read_at';

/** What the platform told each person. */
@Injectable()
export class NoticeStore {
  constructor(private readonly hints: Hints) {}

  /**
   * Tells a person something, in the caller's own transaction (role person or engine), and wakes who follows once it has
   * committed. Its number is drawn from the person's guard row, which this locks until then: so numbers commit in their order,
   * and a caller that locks several people tells them in the order of (lane, id).
   * @returns the notice's id
   */
  async add(tx: Transaction, notice: NewNotice): Promise<string> {
    const [id] = await this.addAll(tx, [notice]);
    if (id === undefined) throw new Error('A notice was not told');
    return id;
  }

  /** The same for many, in order, to people whose guards the transaction holds: one statement. @returns the notices' ids */
  async addAll(tx: Transaction, notices: readonly NewNotice[]): Promise<string[]> {
    const ids = notices.map(({ at }) => uuid7(at.getTime()));
    const told = await tx.run({
      text: `WITH notice AS (
          SELECT * FROM unnest($1::smallint[], $2::uuid[], $3::uuid[], $4::text[], $5::uuid[], $6::purpose[], $7::uuid[],
            $8::jsonb[], $9::timestamptz[]) WITH ORDINALITY
            AS t (lane, person_id, id, kind, business_id, purpose, reference_id, data, at, nr)
        ), drawn AS (
          UPDATE person_guard g SET notice_seq = g.notice_seq + own.notices
          FROM (SELECT lane, person_id, count(*) AS notices FROM notice GROUP BY lane, person_id) own
          WHERE g.lane = own.lane AND g.person_id = own.person_id
          RETURNING g.lane, g.person_id, g.notice_seq - own.notices AS before
        )
        INSERT INTO person_notice (lane, person_id, id, seq, kind, business_id, purpose, reference_id, data, created_at)
        SELECT lane, person_id, id, before + row_number() OVER (PARTITION BY lane, person_id ORDER BY nr), kind,
          business_id, purpose, reference_id, data, at
        FROM notice JOIN drawn USING (lane, person_id)`,
      values: [
        notices.map(({ lane }) => lane),
        notices.map(({ personId }) => personId),
        ids,
        notices.map(({ kind }) => kind),
        notices.map(({ businessId }) => businessId),
        notices.map(({ purpose }) => purpose),
        notices.map(({ referenceId }) => referenceId),
        notices.map(({ data }) => JSON.stringify(data)),
        notices.map(({ at }) => at),
      ],
    });
    if (told !== notices.length) throw new Error('A person without a guard row');
    tx.afterCommit(() => this.hints.send(notices.map(({ personId }) => `person:${personId}` as const)));
    return ids;
  }

  /** A person's notices of these kinds before a number, newest first. */
  async before(
    tx: Transaction,
    { lane, personId }: PersonKey,
    kinds: readonly string[],
    seq: number | null,
    limit: number,
  ): Promise<StoredNotice[]> {
    const rows = await tx.rows<NoticeRow>({
      text: `SELECT ${COLUMNS} FROM person_notice
        WHERE lane = $1 AND person_id = $2 AND kind = ANY ($3) AND ($4::bigint IS NULL OR seq < $4)
        ORDER BY seq DESC LIMIT $5`,
      values: [lane, personId, kinds, seq, limit],
    });
    return rows.map(toNotice);
  }

  /** A person's notices of these kinds (null: of all) after a number, oldest first. */
  async after(
    tx: Transaction,
    { lane, personId }: PersonKey,
    kinds: readonly string[] | null,
    seq: number,
    limit: number,
  ): Promise<StoredNotice[]> {
    const rows = await tx.rows<NoticeRow>({
      text: `SELECT ${COLUMNS} FROM person_notice WHERE lane = $1 AND person_id = $2 AND ($3::text[] IS NULL OR kind = ANY ($3)) AND seq > $4
        ORDER BY seq LIMIT $5`,
      values: [lane, personId, kinds, seq, limit],
    });
    return rows.map(toNotice);
  }

  /** The number of a person's newest notice; 0 where there was none yet. */
  async newest(tx: Transaction, { lane, personId }: PersonKey): Promise<number> {
    const [row] = await tx.rows<{ notice_seq: number }>({
      text: 'SELECT notice_seq FROM person_guard WHERE lane = $1 AND person_id = $2',
      values: [lane, personId],
    });
    return row?.notice_seq ?? 0;
  }

  /** Notes that a person has read these. @returns the ids of those that were unread until now */
  async markRead(tx: Transaction, { lane, personId }: PersonKey, ids: readonly string[]): Promise<string[]> {
    // Locked in the order of ids, so that two devices with the same notices do not deadlock.
    const read = await tx.rows<{ id: string }>({
      text: `WITH unread AS (
          SELECT id FROM person_notice WHERE lane = $1 AND person_id = $2 AND id = ANY ($3) AND read_at IS NULL
          ORDER BY id FOR NO KEY UPDATE
        )
        UPDATE person_notice n SET read_at = (SELECT assent_now()) FROM unread
        WHERE n.lane = $1 AND n.person_id = $2 AND n.id = unread.id RETURNING n.id`,
      values: [lane, personId, ids],
    });
    return read.map(({ id }) => id);
  }

  /** Removes up to `limit` notices older than so many days; in the role `engine`. @returns how many */
  async forget(tx: Transaction, days: number, limit: number): Promise<number> {
    return tx.run({
      text: `DELETE FROM person_notice WHERE (lane, person_id, id) IN (
          SELECT lane, person_id, id FROM person_notice
          WHERE created_at < (SELECT assent_now()) - $1 * interval '24 hours'
          ORDER BY created_at LIMIT $2 FOR UPDATE SKIP LOCKED
        )`,
      values: [days, limit],
    });
  }
}

function toNotice({ business_id, reference_id, created_at, read_at, ...row }: NoticeRow): StoredNotice {
  return {
    ...row,
    businessId: business_id,
    referenceId: reference_id,
    createdAt: created_at,
    readAt: read_at,
  };
}
