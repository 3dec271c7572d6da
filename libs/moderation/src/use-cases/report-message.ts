import { Injectable } from '@nestjs/common';
import { RecordStop } from '@assent/consent';
import { RecordReports } from '@assent/limits';
import { DiscloseMessage } from '@assent/messaging';
import { lockPerson, type PersonViewer } from '@assent/people';
import {
  BadInputError,
  Database,
  Handles,
  isStorable,
  parseInput,
  type Transaction,
  uuid7,
} from '@assent/platform';
import { z } from 'zod';
import { mayReportAt, type Report, ReportKind, REPORTS_A_DAY } from '../domain/report.js';
import { ReportStore } from '../persistence/report.store.js';
import { ReportVault } from '../persistence/report-vault.js';

const MESSAGE_RULE = 'must be the id of a message that you received';
const NOTE_RULE = 'must have 1 to 1,000 characters of well-formed text';

const schema = z.object({
  message: z.string().max(60, MESSAGE_RULE),
  kind: z.enum(ReportKind, 'must be a kind of report'),
  note: z.string().trim().min(1, NOTE_RULE).max(1_000, NOTE_RULE).refine(isStorable, NOTE_RULE).nullish(),
  alsoBlock: z.boolean(),
});

export type ReportOutcome = { report: Report; repeated: boolean } | { retryAt: Date };

/** A person reports a message that they received: this one message is disclosed to the operator, and nothing else. */
@Injectable()
export class ReportMessage {
  constructor(
    private readonly database: Database,
    private readonly handles: Handles,
    private readonly disclose: DiscloseMessage,
    private readonly stops: RecordStop,
    private readonly store: ReportStore,
    private readonly vault: ReportVault,
    private readonly signals: RecordReports,
  ) {}

  /** Reporting a message again answers as before. A block that is asked for holds in any case. @throws BadInputError */
  async execute(viewer: PersonViewer, input: z.input<typeof schema>): Promise<ReportOutcome> {
    const { message, kind, note, alsoBlock } = parseInput(schema, input);
    const { personId } = viewer;
    const messageId = this.handles.open(`person:${personId}`, 'msg', message);
    const as = { role: 'person', personId } as const;
    const received =
      messageId &&
      (await this.database.transaction(as, (tx) => this.disclose.execute(tx, viewer, messageId)));
    if (!received) throw new BadInputError([{ field: 'input.message', rule: MESSAGE_RULE }]);
    const { businessId } = received;
    if (alsoBlock) await this.stops.execute(viewer, { action: 'BLOCK', businessId, purpose: null }, 'app');
    return this.database.transaction(as, async (tx) => {
      const [, earlier, times, now] = await Promise.all([
        lockPerson(tx, viewer),
        this.store.ofMessage(tx, viewer, messageId),
        this.store.times(tx, viewer, REPORTS_A_DAY),
        tx.now(),
      ]);
      if (earlier) return { report: earlier, repeated: true };
      const retryAt = mayReportAt(times, now);
      if (retryAt) return { retryAt };
      const id = uuid7(now.getTime(), viewer.lane);
      const report = {
        id,
        businessId,
        kind,
        sealed: this.vault.seal(id, received.text, note ?? null),
        receivedAt: received.receivedAt,
        reportedAt: now,
      };
      await this.store.add(tx, viewer, { ...report, contactId: received.contactId, messageId });
      await this.count(tx, id);
      return { report: { ...report, decision: null, decidedAt: null }, repeated: false };
    });
  }

  /** A report and what it counts are one transaction, which no single role may do. */
  private async count(tx: Transaction, id: string): Promise<void> {
    await tx.become({ role: 'engine' });
    await this.signals.execute(tx, await this.store.ofConversation(tx, id));
  }
}
