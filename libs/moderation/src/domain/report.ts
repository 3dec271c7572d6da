/** What is wrong with a message that a person reports. */
export const ReportKind = {
  SPAM: 'SPAM',
  FRAUD: 'FRAUD',
  ABUSE: 'ABUSE',
  IMPERSONATION: 'IMPERSONATION',
  OTHER: 'OTHER',
} as const;
export type ReportKind = keyof typeof ReportKind;

/** What the operator decided. */
export const ReportDecision = { UPHELD: 'UPHELD', DISMISSED: 'DISMISSED' } as const;
export type ReportDecision = keyof typeof ReportDecision;

/** What an admin did about a report. */
export const ReportStepKind = { CLAIMED: 'CLAIMED', ...ReportDecision } as const;
export type ReportStepKind = keyof typeof ReportStepKind;

/** Sealed under a key of the report's own row. */
export interface SealedReport {
  content: Buffer;
  note: Buffer | null;
  salt: Buffer;
}

/** A message that was reported. */
export interface Report {
  id: string;
  businessId: string;
  kind: ReportKind;
  sealed: SealedReport;
  /** When the message became visible to the person. */
  receivedAt: Date;
  reportedAt: Date;
  decision: ReportDecision | null;
  decidedAt: Date | null;
}

/** Reports that one person may make in any 24 hours. */
export const REPORTS_A_DAY = 20;
export const REPORT_WINDOW_MS = 24 * 60 * 60 * 1000;
/** An admin who has claimed a report has it for themselves for this long. */
export const CLAIM_MS = 30 * 60 * 1000;

/**
 * When a person may report again: null, at once.
 *
 * @param reportedAt their latest reports, newest first; as many as they may make are enough
 */
export function mayReportAt(reportedAt: readonly Date[], now: Date): Date | null {
  const inTheWay = reportedAt[REPORTS_A_DAY - 1];
  const at = inTheWay && new Date(inTheWay.getTime() + REPORT_WINDOW_MS);
  return at && now < at ? at : null;
}
