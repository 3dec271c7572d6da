import { Injectable } from '@nestjs/common';
import type { Transaction } from '@assent/platform';
import type { Parameter } from '../domain/parameters.js';
import type {
  Template,
  TemplateContent,
  TemplateState,
  TemplateText,
  TemplateVersion,
} from '../domain/template.js';

/** A template that is to be made. */
export type NewTemplate = Pick<Template, 'id' | 'businessId' | 'name' | 'purpose' | 'createdAt'>;

/** A draft that is to be written. */
export interface NewVersion extends TemplateContent {
  id: string;
  nr: number;
  createdAt: Date;
}

type TemplateRow = Omit<Template, 'versions'>;
type VersionRow = Omit<TemplateVersion, 'texts'> & { templateId: string };

/** Older versions than these are kept, and not shown with their template. */
const SHOWN_VERSIONS = 10;

/** What a template can do now; `t` is the template, `newest` its newest version. */
const STATE = `CASE
    WHEN t.disabled_at IS NOT NULL THEN 'DISABLED'
    WHEN t.paused_until > assent_now() THEN 'PAUSED'
    WHEN t.sending_version_id IS NOT NULL THEN 'APPROVED'
    ELSE newest.state::text
  END`;
const NEWEST = `CROSS JOIN LATERAL (
    SELECT state FROM template_version WHERE template_id = t.id ORDER BY nr DESC LIMIT 1
  ) newest`;
const NEWEST_NR = `(SELECT max(nr) FROM template_version WHERE template_id = t.id)`;
const VERSION_COLUMNS = `v.id, v.template_id AS "templateId", v.nr, v.state, v.default_language AS "defaultLanguage",
  v.parameters, v.created_at AS "createdAt", v.submitted_at AS "submittedAt", v.decided_at AS "decidedAt",
  v.decided_by AS "decidedBy", v.reason`;

/** Templates with their versions and texts. Who changes one locks its row first; sending reads without a lock. */
@Injectable()
export class TemplateStore {
  /** Locks a template until the end of the transaction; false where there is none, or it is another business's. */
  async lock(tx: Transaction, id: string): Promise<boolean> {
    const touched = await tx.run({
      text: 'SELECT FROM template WHERE id = $1 FOR NO KEY UPDATE',
      values: [id],
    });
    return touched > 0;
  }

  /** A template and what the transaction's role may see of it. */
  async byId(tx: Transaction, id: string): Promise<Template | undefined> {
    return (await this.byIds(tx, [id])).get(id);
  }

  /** Templates by id, with their newest versions and the one that sends. */
  async byIds(tx: Transaction, ids: readonly string[]): Promise<Map<string, Template>> {
    const [templates, versions, texts] = await Promise.all([
      tx.rows<TemplateRow>({
        text: `SELECT t.id, t.business_id AS "businessId", t.name, t.purpose, ${STATE} AS state,
            t.created_at AS "createdAt", t.sending_version_id AS "sendingVersionId",
            CASE WHEN t.paused_until > assent_now() THEN t.paused_until END AS "pausedUntil",
            t.disabled_at AS "disabledAt", t.stopped_because AS "stoppedBecause"
          FROM template t ${NEWEST} WHERE t.id = ANY ($1::uuid[])`,
        values: [ids],
      }),
      tx.rows<VersionRow>({
        text: `SELECT ${VERSION_COLUMNS} FROM template_version v JOIN template t ON t.id = v.template_id
          WHERE v.template_id = ANY ($1::uuid[]) AND (v.id = t.sending_version_id OR v.nr > ${NEWEST_NR} - ${SHOWN_VERSIONS})
          ORDER BY v.nr DESC`,
        values: [ids],
      }),
      tx.rows<TemplateText & { versionId: string }>({
        text: `SELECT x.version_id AS "versionId", x.language, x.body
          FROM template_version v JOIN template t ON t.id = v.template_id JOIN template_text x ON x.version_id = v.id
          WHERE v.template_id = ANY ($1::uuid[]) AND (v.id = t.sending_version_id OR v.nr > ${NEWEST_NR} - ${SHOWN_VERSIONS})
          ORDER BY x.language`,
        values: [ids],
      }),
    ]);
    const textsOf = Map.groupBy(texts, ({ versionId }) => versionId);
    const versionsOf = Map.groupBy(versions, ({ templateId }) => templateId);
    return new Map(
      templates.map((template) => [
        template.id,
        {
          ...template,
          versions: (versionsOf.get(template.id) ?? []).map(({ templateId: _, ...version }) => ({
            ...version,
            texts: (textsOf.get(version.id) ?? []).map(({ language, body }) => ({ language, body })),
          })),
        },
      ]),
    );
  }

  /** Id of the template that has a name. */
  async idByName(tx: Transaction, businessId: string, name: string): Promise<string | undefined> {
    const [row] = await tx.rows<{ id: string }>({
      text: 'SELECT id FROM template WHERE business_id = $1 AND name = $2',
      values: [businessId, name],
    });
    return row?.id;
  }

  /** Name of the template and number, by id of the version. */
  async names(
    tx: Transaction,
    versionIds: readonly string[],
  ): Promise<Map<string, { name: string; nr: number }>> {
    const rows = await tx.rows<{ id: string; name: string; nr: number }>({
      text: `SELECT v.id, t.name, v.nr FROM template_version v JOIN template t ON t.id = v.template_id
        WHERE v.id = ANY ($1::uuid[])`,
      values: [versionIds],
    });
    return new Map(rows.map(({ id, name, nr }) => [id, { name, nr }]));
  }

  /** Ids of a business's templates, newest first. */
  async page(
    tx: Transaction,
    businessId: string,
    { state, after, limit }: { state: TemplateState | null; after: string | undefined; limit: number },
  ): Promise<string[]> {
    const rows = await tx.rows<{ id: string }>({
      text: `SELECT t.id FROM template t ${NEWEST}
        WHERE t.business_id = $1 AND ($2::uuid IS NULL OR t.id < $2) AND ($3::text IS NULL OR ${STATE} = $3)
        ORDER BY t.id DESC LIMIT $4`,
      values: [businessId, after ?? null, state, limit],
    });
    return rows.map(({ id }) => id);
  }

  /**
   * How many templates a business has. Its row is locked first, in a statement of its own, so that two that make the
   * last one take turns.
   */
  async count(tx: Transaction, businessId: string): Promise<number> {
    const [, [row]] = await Promise.all([
      tx.run({ text: 'SELECT FROM business WHERE id = $1 FOR NO KEY UPDATE', values: [businessId] }),
      tx.rows<{ count: number }>({
        text: 'SELECT count(*)::int AS count FROM template WHERE business_id = $1',
        values: [businessId],
      }),
    ]);
    return row?.count ?? 0;
  }

  async add(tx: Transaction, template: NewTemplate, version: NewVersion): Promise<void> {
    const { id, businessId, name, purpose, createdAt } = template;
    await tx.run({
      text: `INSERT INTO template (id, business_id, name, purpose, created_at) VALUES ($1, $2, $3, $4::purpose, $5)`,
      values: [id, businessId, name, purpose, createdAt],
    });
    await this.addVersion(tx, template, version);
  }

  /** Adds a draft. */
  async addVersion(
    tx: Transaction,
    { id, businessId }: Pick<Template, 'id' | 'businessId'>,
    version: NewVersion,
  ): Promise<void> {
    await tx.run({
      text: `INSERT INTO template_version (id, template_id, business_id, nr, default_language, parameters, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      values: [
        version.id,
        id,
        businessId,
        version.nr,
        version.defaultLanguage,
        asJson(version.parameters),
        version.createdAt,
      ],
    });
    await this.addTexts(tx, businessId, version.id, version.texts);
  }

  /** Writes a draft anew. The template is locked, so it is one still. */
  async rewriteDraft(
    tx: Transaction,
    businessId: string,
    { id, defaultLanguage, parameters, texts, createdAt }: Omit<NewVersion, 'nr'>,
  ): Promise<void> {
    await tx.run({
      text: `UPDATE template_version SET default_language = $2, parameters = $3, created_at = $4 WHERE id = $1`,
      values: [id, defaultLanguage, asJson(parameters), createdAt],
    });
    await tx.run({ text: 'DELETE FROM template_text WHERE version_id = $1', values: [id] });
    await this.addTexts(tx, businessId, id, texts);
  }

  async submit(tx: Transaction, versionId: string): Promise<void> {
    await tx.run({
      text: `UPDATE template_version SET state = 'IN_REVIEW', submitted_at = assent_now() WHERE id = $1`,
      values: [versionId],
    });
  }

  /** Deletes a template; its drafts go with it. */
  async remove(tx: Transaction, id: string): Promise<void> {
    await tx.run({ text: 'DELETE FROM template WHERE id = $1', values: [id] });
  }

  private async addTexts(
    tx: Transaction,
    businessId: string,
    versionId: string,
    texts: readonly TemplateText[],
  ): Promise<void> {
    await tx.run({
      text: `INSERT INTO template_text (version_id, language, business_id, body)
        SELECT $1, language, $2, body FROM unnest($3::text[], $4::text[]) AS t (language, body)`,
      values: [versionId, businessId, texts.map(({ language }) => language), texts.map(({ body }) => body)],
    });
  }
}

function asJson(parameters: readonly Parameter[]): string {
  return JSON.stringify(parameters);
}
