import { Injectable } from '@nestjs/common';
import type { Transaction } from '@assent/platform';
import type { TemplateAppeal, VersionState } from '../domain/template.js';

/** A decision of an admin. */
export interface Decided {
  by: string;
  /** For the business. */
  reason: string | null;
}

/** A version as a decision about it needs it. */
export interface ReviewedVersion {
  templateId: string;
  businessId: string;
  nr: number;
  state: VersionState;
}

const APPEAL = `id, template_id AS "templateId", version_id AS "versionId", disabled_at AS "disabledAt", words,
  made_at AS "madeAt", upheld, decided_by AS "decidedBy", decided_at AS "decidedAt", reason`;

/** What waits for the operator's staff, and what they decide. Every decision locks the template's row first. */
@Injectable()
export class ReviewStore {
  /** Versions in review with their templates, in the order in which they were submitted. */
  queue(
    tx: Transaction,
    after: string | undefined,
    limit: number,
  ): Promise<{ versionId: string; templateId: string }[]> {
    return tx.rows({
      text: `SELECT id AS "versionId", template_id AS "templateId" FROM template_version
        WHERE state = 'IN_REVIEW'
          AND ($1::uuid IS NULL OR (submitted_at, id) > (SELECT submitted_at, id FROM template_version WHERE id = $1))
        ORDER BY submitted_at, id LIMIT $2`,
      values: [after ?? null, limit],
    });
  }

  async versionById(tx: Transaction, versionId: string): Promise<ReviewedVersion | undefined> {
    const [row] = await tx.rows<ReviewedVersion>({
      text: `SELECT template_id AS "templateId", business_id AS "businessId", nr, state FROM template_version WHERE id = $1`,
      values: [versionId],
    });
    return row;
  }

  /** Approves a version; the newest approved one of its template sends from the next decision on. */
  async approve(tx: Transaction, versionId: string, { by }: Decided): Promise<void> {
    await tx.run({
      text: `UPDATE template_version SET state = 'APPROVED', decided_by = $2, decided_at = assent_now(), reason = NULL
        WHERE id = $1`,
      values: [versionId, by],
    });
    await tx.run({
      text: `UPDATE template t SET sending_version_id = (
          SELECT id FROM template_version WHERE template_id = t.id AND state = 'APPROVED' ORDER BY nr DESC LIMIT 1)
        WHERE id = (SELECT template_id FROM template_version WHERE id = $1)`,
      values: [versionId],
    });
  }

  async reject(tx: Transaction, versionId: string, { by, reason }: Decided): Promise<void> {
    await tx.run({
      text: `UPDATE template_version SET state = 'REJECTED', decided_by = $2, decided_at = assent_now(), reason = $3
        WHERE id = $1`,
      values: [versionId, by, reason],
    });
  }

  async addAppeal(
    tx: Transaction,
    businessId: string,
    appeal: Pick<TemplateAppeal, 'id' | 'templateId' | 'versionId' | 'disabledAt' | 'words' | 'madeAt'>,
  ): Promise<void> {
    const { id, templateId, versionId, disabledAt, words, madeAt } = appeal;
    await tx.run({
      text: `INSERT INTO template_appeal (id, template_id, business_id, version_id, disabled_at, words, made_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      values: [id, templateId, businessId, versionId, disabledAt, words, madeAt],
    });
  }

  /** The latest appeal of each template that had one. */
  async latestAppeals(tx: Transaction, templateIds: readonly string[]): Promise<Map<string, TemplateAppeal>> {
    const rows = await tx.rows<TemplateAppeal>({
      text: `SELECT DISTINCT ON (template_id) ${APPEAL} FROM template_appeal
        WHERE template_id = ANY ($1::uuid[]) ORDER BY template_id, id DESC`,
      values: [templateIds],
    });
    return new Map(rows.map((appeal) => [appeal.templateId, appeal]));
  }

  async appealById(tx: Transaction, id: string): Promise<TemplateAppeal | undefined> {
    const [row] = await tx.rows<TemplateAppeal>({
      text: `SELECT ${APPEAL} FROM template_appeal WHERE id = $1`,
      values: [id],
    });
    return row;
  }

  /** Appeals that nobody has decided, oldest first. */
  appealQueue(tx: Transaction, after: string | undefined, limit: number): Promise<TemplateAppeal[]> {
    return tx.rows({
      text: `SELECT ${APPEAL} FROM template_appeal
        WHERE decided_at IS NULL AND ($1::uuid IS NULL OR id > $1) ORDER BY id LIMIT $2`,
      values: [after ?? null, limit],
    });
  }

  async decideAppeal(tx: Transaction, id: string, upheld: boolean, { by, reason }: Decided): Promise<void> {
    await tx.run({
      text: `UPDATE template_appeal SET upheld = $2, decided_by = $3, decided_at = assent_now(), reason = $4 WHERE id = $1`,
      values: [id, upheld, by, reason],
    });
  }
}
