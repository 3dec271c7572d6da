import { Injectable } from '@nestjs/common';
import type { Transaction } from '@assent/platform';
import type { Parameter } from '../domain/parameters.js';
import type { MessagePurpose, TemplateContent } from '../domain/template.js';

/** What sending asks of a template. */
export interface SendingTemplate {
  id: string;
  purpose: MessagePurpose;
  /** The newest approved version, or in a trial the newest; null: none was approved yet. */
  versionId: string | null;
  pausedUntil: Date | null;
  disabledAt: Date | null;
}

/** The newest sample of a template, as it is kept. */
export interface KeptSample {
  versionId: string;
  beganAt: Date;
  used: number;
  outMs: number;
  /** When one of this template last was over, and when one last failed. */
  passedAt: Date | null;
  failedAt: Date | null;
}

/** A template as a message names it. */
export interface TemplateKey {
  businessId: string;
  name: string;
  /** In test mode, where nobody real reads it, the newest version is sent as long as none was approved. */
  trial: boolean;
}

/** A template with its sample; null: nothing was sent of it yet. */
export type SampledTemplate = SendingTemplate & { sample: KeptSample | null };

/** A version that can be sent. */
export interface SendingVersion extends TemplateContent {
  id: string;
  /** Whether its content never changes again: it was submitted. */
  settled: boolean;
}

const FACTS = `t.id, t.purpose, t.paused_until AS "pausedUntil",
  t.disabled_at AS "disabledAt"`;

const SAMPLE = 's.version_id AS sampled, s.began_at, s.used, s.out_ms, s.passed_at, s.failed_at';

/** `sampled` is the version; null: there is no row. */
interface SampleColumns {
  sampled: string | null;
  began_at: Date;
  used: number;
  out_ms: number;
  passed_at: Date | null;
  failed_at: Date | null;
}

/** Set-based reads for whoever sends, as the engine; without locks: a pause counts from the next decision on. */
@Injectable()
export class SendingTemplatesStore {
  /** In the order of the keys; undefined where a business has no template of that name. One statement. */
  async byNames(tx: Transaction, keys: readonly TemplateKey[]): Promise<(SampledTemplate | undefined)[]> {
    const rows = await tx.rows<SendingTemplate & SampleColumns & { nr: number }>({
      name: 'templates.by-names',
      text: `SELECT w.nr::int AS nr, ${FACTS}, CASE WHEN w.trial AND t.sending_version_id IS NULL
            THEN (SELECT id FROM template_version v WHERE v.template_id = t.id ORDER BY v.nr DESC LIMIT 1)
            ELSE t.sending_version_id END AS "versionId", ${SAMPLE}
        FROM unnest($1::uuid[], $2::text[], $3::boolean[]) WITH ORDINALITY AS w (business_id, name, trial, nr)
        JOIN template t USING (business_id, name)
        LEFT JOIN template_sample s ON s.template_id = t.id`,
      values: [
        keys.map(({ businessId }) => businessId),
        keys.map(({ name }) => name),
        keys.map(({ trial }) => trial),
      ],
    });
    const found: (SampledTemplate | undefined)[] = keys.map(() => undefined);
    for (const row of rows) found[row.nr - 1] = toSampled(row);
    return found;
  }

  /** By id, for messages that were accepted before. One statement. */
  async byIds(tx: Transaction, ids: readonly string[]): Promise<SampledTemplate[]> {
    const rows = await tx.rows<SendingTemplate & SampleColumns>({
      name: 'templates.by-ids',
      text: `SELECT ${FACTS}, t.sending_version_id AS "versionId", ${SAMPLE}
        FROM template t LEFT JOIN template_sample s ON s.template_id = t.id WHERE t.id = ANY ($1::uuid[])`,
      values: [ids],
    });
    return rows.map(toSampled);
  }

  /** Versions of a business that send, those first that were approved last; no more than `most`. */
  approvedLast(
    tx: Transaction,
    businessId: string,
    most: number,
  ): Promise<{ versionId: string; approvedAt: Date }[]> {
    return tx.rows({
      text: `SELECT v.id AS "versionId", v.decided_at AS "approvedAt"
        FROM template t JOIN template_version v ON v.id = t.sending_version_id
        WHERE t.business_id = $1 ORDER BY v.decided_at DESC, v.id DESC LIMIT $2`,
      values: [businessId, most],
    });
  }

  /**
   * Locks a template, so that whoever pauses it takes turns, and reads in a later statement up to when its reactions were
   * judged: to the end of its last pause, or to the appeal that ended it. Null: never.
   */
  async lockJudged(tx: Transaction, id: string): Promise<Date | null> {
    const [, [row]] = await Promise.all([
      tx.run({ text: 'SELECT FROM template WHERE id = $1 FOR NO KEY UPDATE', values: [id] }),
      tx.rows<{ at: Date | null }>({
        text: `SELECT greatest(paused_until,
            (SELECT max(decided_at) FROM template_appeal a WHERE a.template_id = t.id AND a.upheld)) AS at
          FROM template t WHERE id = $1`,
        values: [id],
      }),
    ]);
    return row?.at ?? null;
  }

  /** Versions with all their texts. */
  async versions(tx: Transaction, ids: readonly string[]): Promise<SendingVersion[]> {
    const rows = await tx.rows<{
      id: string;
      settled: boolean;
      defaultLanguage: string;
      parameters: Parameter[];
      languages: string[];
      bodies: string[];
    }>({
      name: 'templates.versions',
      text: `SELECT v.id, v.state <> 'DRAFT' AS settled, v.default_language AS "defaultLanguage", v.parameters,
          array_agg(x.language ORDER BY x.language) AS languages, array_agg(x.body ORDER BY x.language) AS bodies
        FROM template_version v JOIN template_text x ON x.version_id = v.id
        WHERE v.id = ANY ($1::uuid[]) GROUP BY v.id`,
      values: [ids],
    });
    return rows.map(({ languages, bodies, ...version }) => ({
      ...version,
      texts: languages.map((language, at) => ({ language, body: bodies[at] ?? '' })),
    }));
  }
}

function toSampled(row: SendingTemplate & SampleColumns): SampledTemplate {
  const { id, purpose, versionId, pausedUntil, disabledAt } = row;
  return { id, purpose, versionId, pausedUntil, disabledAt, sample: toSample(row) };
}

function toSample(row: SampleColumns): KeptSample | null {
  if (row.sampled === null) return null;
  return {
    versionId: row.sampled,
    beganAt: row.began_at,
    used: row.used,
    outMs: row.out_ms,
    passedAt: row.passed_at,
    failedAt: row.failed_at,
  };
}
