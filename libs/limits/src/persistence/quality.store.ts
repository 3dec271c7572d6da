import { Injectable } from '@nestjs/common';
import type { Transaction } from '@assent/platform';
import type { Counts } from '../domain/outcome.js';
import type { Judgement, QualityLevel } from '../domain/quality.js';

/** What was judged of a business, or of one of its templates. */
export interface Quality extends Judgement {
  /** The business, or the template. */
  subjectId: string;
  businessId: string;
  /** Since when the level has been this one. */
  since: Date;
  /** How many conversations stand how; not weighted. */
  counts: Counts;
  judgedAt: Date;
}

/** People who did something against a business or a template. */
export interface Against {
  reports: number;
  blocks: number;
  stops: number;
}

interface QualityRow {
  subject_id: string;
  business_id: string;
  level: QualityLevel;
  since: Date;
  score: number;
  good: number;
  bad: number;
  silent: number;
  reads: number;
  replies: number;
  stops: number;
  blocks: number;
  reports: number;
  upheld: number;
  judged_at: Date;
}

const COLUMNS = `subject_id, business_id, level, since, score, good, bad, silent, reads, replies, stops, blocks, reports,
  upheld, judged_at`;

/** Judgements, as they were last made. */
@Injectable()
export class QualityStore {
  /** Those of businesses or templates by id, in any role that may read them; who was never judged is left out. */
  async bySubjects(tx: Transaction, ids: readonly string[]): Promise<Map<string, Quality>> {
    const rows = await tx.rows<QualityRow>({
      name: 'quality-by-subjects',
      text: `SELECT ${COLUMNS} FROM quality WHERE subject_id = ANY ($1::uuid[])`,
      values: [ids],
    });
    return new Map(rows.map((row) => [row.subject_id, toQuality(row)]));
  }

  /** Businesses that are RED, by id. */
  async redBusinesses(tx: Transaction, after: string | null, limit: number): Promise<string[]> {
    const rows = await tx.rows<{ id: string }>({
      text: `SELECT subject_id AS id FROM quality
        WHERE level = 'RED' AND subject_id = business_id AND ($1::uuid IS NULL OR subject_id > $1)
        ORDER BY subject_id LIMIT $2`,
      values: [after, limit],
    });
    return rows.map(({ id }) => id);
  }

  /** Templates that are RED, by id. */
  async redTemplates(tx: Transaction, after: string | null, limit: number): Promise<string[]> {
    const rows = await tx.rows<{ id: string }>({
      text: `SELECT subject_id AS id FROM quality
        WHERE level = 'RED' AND subject_id <> business_id AND ($1::uuid IS NULL OR subject_id > $1)
        ORDER BY subject_id LIMIT $2`,
      values: [after, limit],
    });
    return rows.map(({ id }) => id);
  }

  /** How many people did what against a business or a template after a time: each counts by the worst that they did. */
  async against(tx: Transaction, subjectId: string, since: Date | null): Promise<Against> {
    const [row] = await tx.rows<Against>({
      text: `SELECT count(*) FILTER (WHERE reported)::int AS reports, count(*) FILTER (WHERE blocked AND NOT reported)::int AS blocks,
          count(*) FILTER (WHERE stopped AND NOT blocked AND NOT reported)::int AS stops
        FROM (
          SELECT coalesce(reported_at > since, false) AS reported, coalesce(blocked_at > since, false) AS blocked,
            coalesce(stopped_at > since, false) AS stopped
          FROM quality_signal CROSS JOIN (SELECT coalesce($2::timestamptz, '-infinity') AS since) judged
          WHERE subject_id = $1 AND first_at IS NOT NULL
        ) signal`,
      values: [subjectId, since],
    });
    return row ?? { reports: 0, blocks: 0, stops: 0 };
  }

  /** Keeps a judgement, in the transaction that holds the reader's row of its business. */
  async keep(
    tx: Transaction,
    { subjectId, businessId, level, since, score, good, bad, counts, judgedAt }: Quality,
  ): Promise<void> {
    await tx.run({
      text: `INSERT INTO quality (${COLUMNS})
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
        ON CONFLICT (subject_id) DO UPDATE SET level = excluded.level, since = excluded.since, score = excluded.score,
          good = excluded.good, bad = excluded.bad, silent = excluded.silent, reads = excluded.reads,
          replies = excluded.replies, stops = excluded.stops, blocks = excluded.blocks, reports = excluded.reports,
          upheld = excluded.upheld, judged_at = excluded.judged_at`,
      values: [
        subjectId,
        businessId,
        level,
        since,
        score,
        good,
        bad,
        counts.SILENT,
        counts.READ,
        counts.REPLIED,
        counts.STOPPED,
        counts.BLOCKED,
        counts.REPORTED,
        counts.UPHELD,
        judgedAt,
      ],
    });
  }
}

function toQuality(row: QualityRow): Quality {
  return {
    subjectId: row.subject_id,
    businessId: row.business_id,
    level: row.level,
    since: row.since,
    score: row.score,
    good: row.good,
    bad: row.bad,
    counts: {
      SILENT: row.silent,
      READ: row.reads,
      REPLIED: row.replies,
      STOPPED: row.stops,
      BLOCKED: row.blocks,
      REPORTED: row.reports,
      UPHELD: row.upheld,
    },
    judgedAt: row.judged_at,
  };
}
