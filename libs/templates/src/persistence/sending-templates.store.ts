import { Injectable } from '@nestjs/common';
import type { Transaction } from '@assent/platform';
import type { Parameter } from '../domain/parameters.js';
import type { MessagePurpose, TemplateContent } from '../domain/template.js';

/** What sending asks of a template. */
export interface SendingTemplate {
  id: string;
  purpose: MessagePurpose;
  /** The newest approved version; null: none was approved yet. */
  versionId: string | null;
  pausedUntil: Date | null;
  disabledAt: Date | null;
}

/** A template as a message names it. */
export interface TemplateKey {
  businessId: string;
  name: string;
}

/** A version that was approved: its content never changes again. */
export interface ApprovedVersion extends TemplateContent {
  id: string;
}

const FACTS = `t.id, t.purpose, t.sending_version_id AS "versionId", t.paused_until AS "pausedUntil",
  t.disabled_at AS "disabledAt"`;

/** Set-based reads for whoever sends, as the engine; without locks: a pause counts from the next decision on. */
@Injectable()
export class SendingTemplatesStore {
  /** In the order of the keys; undefined where a business has no template of that name. One statement. */
  async byNames(tx: Transaction, keys: readonly TemplateKey[]): Promise<(SendingTemplate | undefined)[]> {
    const rows = await tx.rows<SendingTemplate & { nr: number }>({
      name: 'templates.by-names',
      text: `SELECT w.nr::int AS nr, ${FACTS}
        FROM unnest($1::uuid[], $2::text[]) WITH ORDINALITY AS w (business_id, name, nr)
        JOIN template t USING (business_id, name)`,
      values: [keys.map(({ businessId }) => businessId), keys.map(({ name }) => name)],
    });
    const found: (SendingTemplate | undefined)[] = keys.map(() => undefined);
    for (const { nr, ...template } of rows) found[nr - 1] = template;
    return found;
  }

  /** By id, for messages that were accepted before. One statement. */
  async byIds(tx: Transaction, ids: readonly string[]): Promise<Map<string, SendingTemplate>> {
    const rows = await tx.rows<SendingTemplate>({
      name: 'templates.by-ids',
      text: `SELECT ${FACTS} FROM template t WHERE t.id = ANY ($1::uuid[])`,
      values: [ids],
    });
    return new Map(rows.map((template) => [template.id, template]));
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

  /** Approved versions with all their texts. */
  async versions(tx: Transaction, ids: readonly string[]): Promise<ApprovedVersion[]> {
    const rows = await tx.rows<{
      id: string;
      defaultLanguage: string;
      parameters: Parameter[];
      languages: string[];
      bodies: string[];
    }>({
      name: 'templates.versions',
      text: `SELECT v.id, v.default_language AS "defaultLanguage", v.parameters,
          array_agg(x.language ORDER BY x.language) AS languages, array_agg(x.body ORDER BY x.language) AS bodies
        FROM template_version v JOIN template_text x ON x.version_id = v.id
        WHERE v.id = ANY ($1::uuid[]) AND v.state = 'APPROVED' GROUP BY v.id`,
      values: [ids],
    });
    return rows.map(({ languages, bodies, ...version }) => ({
      ...version,
      texts: languages.map((language, at) => ({ language, body: bodies[at] ?? '' })),
    }));
  }
}
