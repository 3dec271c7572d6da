import { Injectable } from '@nestjs/common';
import type { AdminViewer } from '@assent/accounts';
import { RecordReports } from '@assent/limits';
import { BadInputError, Database, Handles, isStorable, parseInput, type Transaction } from '@assent/platform';
import { z } from 'zod';
import { CLAIM_MS, ReportDecision } from '../domain/report.js';
import { type OperatorReport, ReportStore } from '../persistence/report.store.js';

const REPORT_RULE = 'must be the id of a report';
const NOTE_RULE = 'must have 1 to 1,000 characters of well-formed text';

const claimSchema = z.object({ report: z.string().max(60, REPORT_RULE) });
const decideSchema = claimSchema.extend({
  decision: z.enum(ReportDecision, 'must be UPHELD or DISMISSED'),
  note: z.string().trim().min(1, NOTE_RULE).max(1_000, NOTE_RULE).refine(isStorable, NOTE_RULE),
});

/** The report as it now is, and whether this is what made it so. */
export interface HandledReport {
  report: OperatorReport;
  /** False: it is decided, or somebody else has claimed it. */
  done: boolean;
}

/** An admin claims reports and decides them. Of two admins who do so at once, one has. */
@Injectable()
export class DecideReport {
  constructor(
    private readonly database: Database,
    private readonly handles: Handles,
    private readonly store: ReportStore,
    private readonly signals: RecordReports,
  ) {}

  /** For 30 minutes nobody else decides it. @throws BadInputError */
  claim({ adminId }: AdminViewer, input: z.input<typeof claimSchema>): Promise<HandledReport> {
    return this.handle(parseInput(claimSchema, input).report, async (tx, id) => {
      const at = await tx.now();
      const claimed = await this.store.claim(tx, id, adminId, new Date(at.getTime() + CLAIM_MS));
      if (claimed) await this.store.addStep(tx, id, { at, adminId, step: 'CLAIMED' });
      return claimed;
    });
  }

  /** What is decided counts for the quality of the business from its next judgement on. @throws BadInputError */
  decide({ adminId }: AdminViewer, input: z.input<typeof decideSchema>): Promise<HandledReport> {
    const { report, decision, note } = parseInput(decideSchema, input);
    return this.handle(report, async (tx, id) => {
      const at = await tx.now();
      const decided = await this.store.decide(tx, id, adminId, { decision, note, at });
      if (!decided) return false;
      await this.store.addStep(tx, id, { at, adminId, step: decision });
      // The operator's role may not see whose conversation it is; what counts is brought up to date without it.
      await tx.become({ role: 'engine' });
      await this.signals.execute(tx, await this.store.ofConversation(tx, id));
      await tx.become({ role: 'admin' });
      return true;
    });
  }

  private async handle(
    handle: string,
    act: (tx: Transaction, id: string) => Promise<boolean>,
  ): Promise<HandledReport> {
    const id = this.handles.open('operator', 'rpt', handle);
    return this.database.transaction({ role: 'admin' }, async (tx) => {
      const done = id !== undefined && (await act(tx, id));
      const report = id && (await this.store.byId(tx, id));
      if (!report) throw new BadInputError([{ field: 'input.report', rule: REPORT_RULE }]);
      return { report, done };
    });
  }
}
