import { Injectable } from '@nestjs/common';
import type { ConversationReports } from '@assent/limits';
import { laneOf, type PersonKey, type Transaction, uuid7 } from '@assent/platform';
import type { Report, ReportDecision, ReportKind, ReportStepKind } from '../domain/report.js';

/** As the operator sees it: with the name of the business, and nothing that says who the person is. */
export interface OperatorReport extends Report {
  businessName: string;
  claimedBy: string | null;
  claimedUntil: Date | null;
  decidedBy: string | null;
  decisionNote: string | null;
}

/** A step that was taken about a report. */
export interface ReportStep {
  at: Date;
  adminId: string;
  step: ReportStepKind;
}

/** A report to be written. */
export interface NewReport extends Omit<Report, 'decision' | 'decidedAt'> {
  contactId: string;
  messageId: string;
}

interface ReportRow {
  id: string;
  business_id: string;
  kind: ReportKind;
  content: Buffer;
  note: Buffer | null;
  content_salt: Buffer;
  received_at: Date;
  reported_at: Date;
  decision: ReportDecision | null;
  decided_at: Date | null;
}

interface OperatorReportRow extends ReportRow {
  display_name: string;
  claimed_by: string | null;
  claimed_until: Date | null;
  decided_by: string | null;
  decision_note: string | null;
}

const COLUMNS = `r.id, r.business_id, r.kind, r.content, r.note, r.content_salt, r.received_at, r.reported_at, r.decision,
  r.decided_at`;
const FOR_OPERATOR = `SELECT ${COLUMNS}, b.display_name,
    CASE WHEN r.claimed_until > (SELECT assent_now()) THEN r.claimed_by END AS claimed_by,
    CASE WHEN r.claimed_until > (SELECT assent_now()) THEN r.claimed_until END AS claimed_until, r.decided_by, r.decision_note
  FROM report r JOIN business b ON b.id = r.business_id`;
/** Nobody has decided it, and nobody else has claimed it: $2 is who asks. */
const FREE = `r.decision IS NULL AND (r.claimed_until IS NULL OR r.claimed_until <= (SELECT assent_now()) OR r.claimed_by = $3)`;

/** Reports, as those see them who may. */
@Injectable()
export class ReportStore {
  /** A person's report of a message, in their role. */
  async ofMessage(
    tx: Transaction,
    { lane, personId }: PersonKey,
    messageId: string,
  ): Promise<Report | undefined> {
    const [row] = await tx.rows<ReportRow>({
      text: `SELECT ${COLUMNS} FROM report r WHERE r.lane = $1 AND r.person_id = $2 AND r.message_id = $3`,
      values: [lane, personId, messageId],
    });
    return row && toReport(row);
  }

  /** When a person made their latest reports, newest first. */
  async times(tx: Transaction, { lane, personId }: PersonKey, limit: number): Promise<Date[]> {
    const rows = await tx.rows<{ reported_at: Date }>({
      text: `SELECT reported_at FROM report WHERE lane = $1 AND person_id = $2 ORDER BY reported_at DESC LIMIT $3`,
      values: [lane, personId, limit],
    });
    return rows.map(({ reported_at }) => reported_at);
  }

  /** Writes a report, in the role of its person and under their guard. */
  async add(tx: Transaction, { lane, personId }: PersonKey, report: NewReport): Promise<void> {
    await tx.run({
      text: `INSERT INTO report (lane, id, person_id, business_id, contact_id, message_id, kind, content, note, content_salt,
          received_at, reported_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      values: [
        lane,
        report.id,
        personId,
        report.businessId,
        report.contactId,
        report.messageId,
        report.kind,
        report.sealed.content,
        report.sealed.note,
        report.sealed.salt,
        report.receivedAt,
        report.reportedAt,
      ],
    });
  }

  /** A person's own, newest first, before one of them; in their role. */
  async ofPerson(
    tx: Transaction,
    { lane, personId }: PersonKey,
    before: string | null,
    limit: number,
  ): Promise<Report[]> {
    const rows = await tx.rows<ReportRow>({
      text: `SELECT ${COLUMNS} FROM report r WHERE r.lane = $1 AND r.person_id = $2
          AND ($3::uuid IS NULL OR (r.reported_at, r.id) < (SELECT reported_at, id FROM report WHERE lane = $1 AND id = $3))
        ORDER BY r.reported_at DESC, r.id DESC LIMIT $4`,
      values: [lane, personId, before, limit],
    });
    return rows.map(toReport);
  }

  async countOfPerson(tx: Transaction, { lane, personId }: PersonKey): Promise<number> {
    const [row] = await tx.rows<{ count: number }>({
      text: 'SELECT count(*) AS count FROM report WHERE lane = $1 AND person_id = $2',
      values: [lane, personId],
    });
    return row?.count ?? 0;
  }

  /** Those of all businesses, oldest first, behind one of them; in the role `admin`. @param open null: decided ones too */
  async ofAll(
    tx: Transaction,
    open: boolean | null,
    after: string | null,
    limit: number,
  ): Promise<OperatorReport[]> {
    const rows = await tx.rows<OperatorReportRow>({
      text: `${FOR_OPERATOR} WHERE ($1::boolean IS NULL OR (r.decision IS NULL) = $1)
          AND ($3::uuid IS NULL OR (r.reported_at, r.id) > (SELECT reported_at, id FROM report WHERE lane = $2 AND id = $3))
        ORDER BY r.reported_at, r.id LIMIT $4`,
      values: [open, after && laneOf(after), after, limit],
    });
    return rows.map(toOperatorReport);
  }

  /** One of any business, in the role `admin`. */
  async byId(tx: Transaction, id: string): Promise<OperatorReport | undefined> {
    const [row] = await tx.rows<OperatorReportRow>({
      text: `${FOR_OPERATOR} WHERE r.lane = $1 AND r.id = $2`,
      values: [laneOf(id), id],
    });
    return row && toOperatorReport(row);
  }

  /** What was done about reports, in order; in the role `admin`. */
  async steps(tx: Transaction, ids: readonly string[]): Promise<Map<string, ReportStep[]>> {
    const rows = await tx.rows<{ report_id: string; at: Date; admin_id: string; step: ReportStepKind }>({
      text: `SELECT s.report_id, s.at, s.admin_id, s.step FROM unnest($1::smallint[], $2::uuid[]) AS asked (lane, id)
        JOIN report_step s ON s.lane = asked.lane AND s.report_id = asked.id ORDER BY s.report_id, s.id`,
      values: [ids.map(laneOf), ids],
    });
    const byReport = Map.groupBy(rows, ({ report_id }) => report_id);
    return new Map(
      [...byReport].map(([id, steps]) => [
        id,
        steps.map(({ at, admin_id, step }) => ({ at, adminId: admin_id, step })),
      ]),
    );
  }

  /** Claims a report until a time. @returns false where it is decided, or somebody else has claimed it */
  async claim(tx: Transaction, id: string, adminId: string, until: Date): Promise<boolean> {
    const claimed = await tx.run({
      text: `UPDATE report r SET claimed_by = $3, claimed_until = $4 WHERE r.lane = $1 AND r.id = $2 AND ${FREE}`,
      values: [laneOf(id), id, adminId, until],
    });
    return claimed === 1;
  }

  /** Decides a report. @returns false where it is decided, or somebody else has claimed it */
  async decide(
    tx: Transaction,
    id: string,
    adminId: string,
    { decision, note, at }: { decision: ReportDecision; note: string; at: Date },
  ): Promise<boolean> {
    const decided = await tx.run({
      text: `UPDATE report r SET decision = $4, decision_note = $5, decided_at = $6, decided_by = $3
        WHERE r.lane = $1 AND r.id = $2 AND ${FREE}`,
      values: [laneOf(id), id, adminId, decision, note, at],
    });
    return decided === 1;
  }

  async addStep(tx: Transaction, reportId: string, { at, adminId, step }: ReportStep): Promise<void> {
    await tx.run({
      text: 'INSERT INTO report_step (lane, report_id, id, at, admin_id, step) VALUES ($1, $2, $3, $4, $5, $6)',
      values: [laneOf(reportId), reportId, uuid7(at.getTime()), at, adminId, step],
    });
  }

  /**
   * How the reports of a report's conversation stand together: all of them, and, where the message was of a template, those
   * of messages of that template; in the role `engine`.
   */
  async ofConversation(tx: Transaction, id: string): Promise<ConversationReports[]> {
    const rows = await tx.rows<{
      contact_id: string;
      business_id: string;
      subject_id: string;
      reported_at: Date | null;
      upheld: boolean | null;
    }>({
      text: `SELECT r.contact_id, r.business_id, subject.id AS subject_id, max(o.reported_at) FILTER (WHERE o.decision IS DISTINCT FROM 'DISMISSED')
            AS reported_at, bool_or(o.decision IS NOT DISTINCT FROM 'UPHELD') AS upheld
        FROM report r LEFT JOIN message m ON m.lane = r.lane AND m.id = r.message_id
        CROSS JOIN LATERAL (VALUES (r.business_id), (m.template_id)) AS subject (id)
        JOIN report o ON o.lane = r.lane AND o.contact_id = r.contact_id
        LEFT JOIN message om ON om.lane = o.lane AND om.id = o.message_id
        WHERE r.lane = $1 AND r.id = $2 AND (subject.id = r.business_id OR subject.id = om.template_id)
        GROUP BY r.contact_id, r.business_id, subject.id`,
      values: [laneOf(id), id],
    });
    return rows.map((row) => ({
      contactId: row.contact_id,
      businessId: row.business_id,
      subjectId: row.subject_id,
      reportedAt: row.reported_at,
      upheld: row.upheld ?? false,
    }));
  }
}

function toReport(row: ReportRow): Report {
  return {
    id: row.id,
    businessId: row.business_id,
    kind: row.kind,
    sealed: { content: row.content, note: row.note, salt: row.content_salt },
    receivedAt: row.received_at,
    reportedAt: row.reported_at,
    decision: row.decision,
    decidedAt: row.decided_at,
  };
}

function toOperatorReport(row: OperatorReportRow): OperatorReport {
  return {
    ...toReport(row),
    businessName: row.display_name,
    claimedBy: row.claimed_by,
    claimedUntil: row.claimed_until,
    decidedBy: row.decided_by,
    decisionNote: row.decision_note,
  };
}
