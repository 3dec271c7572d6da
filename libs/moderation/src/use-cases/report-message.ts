import { Inject, Injectable } from '@nestjs/common';
import { RecordStop } from '@assent/consent';
import { RecordReports } from '@assent/limits';
import {
  type Disclosure,
  type DisclosureReason,
  type DisclosedMessage,
  DiscloseMessage,
  type ShownMessage,
} from '@assent/messaging';
import { lockPerson, type PersonViewer } from '@assent/people';
import {
  BadInputError,
  Database,
  Handles,
  isStorable,
  LOGGER,
  parseInput,
  publicId,
  type Transaction,
  uuid7,
} from '@assent/platform';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Disclosed } from '../domain/disclosed.js';
import { mayReportAt, type Report, ReportKind, REPORTS_A_DAY } from '../domain/report.js';
import { ReportStore } from '../persistence/report.store.js';
import { ReportVault } from '../persistence/report-vault.js';

const MESSAGE_RULE = 'must be the id of a message that you received';
const NOTE_RULE = 'must have 1 to 1,000 characters of well-formed text';

const TEXT_RULE = 'must be the text of a message as your device read it';
const MEDIA_RULE = 'must be the media of a message as your device read it';

/** What a device read of a message: whether it was sent is for its proof to say. */
const copySchema = z
  .object({
    text: z
      .string()
      .max(8_192, TEXT_RULE)
      .refine((text) => text.isWellFormed(), TEXT_RULE),
    media: z
      .object({
        type: z.string().max(255, MEDIA_RULE),
        bytes: z.int(MEDIA_RULE).min(0, MEDIA_RULE),
        sha256: z.string().regex(/^[0-9a-f]{64}$/, MEDIA_RULE),
        name: z.string().max(480, MEDIA_RULE).nullish(),
      })
      .nullish(),
    proof: z.string().regex(/^[\w-]{22}$/, 'must be the proof of a message as your device read it'),
  })
  .transform(({ text, media, proof }): ShownMessage => {
    const file = media ? { ...media, name: media.name ?? null } : null;
    return { words: { text, media: file }, proof: Buffer.from(proof, 'base64url') };
  });

const schema = z.object({
  message: z.string().max(60, MESSAGE_RULE),
  kind: z.enum(ReportKind, 'must be a kind of report'),
  note: z.string().trim().min(1, NOTE_RULE).max(1_000, NOTE_RULE).refine(isStorable, NOTE_RULE).nullish(),
  alsoBlock: z.boolean(),
  copy: copySchema.nullish(),
});

export type ReportOutcome =
  | { report: Report; repeated: boolean }
  | { reason: 'REPORT_LIMIT'; retryAt: Date }
  | { reason: DisclosureReason; retryAt: null };

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
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  /** Reporting a message again answers as before. A block that is asked for holds in any case. @throws BadInputError */
  async execute(viewer: PersonViewer, input: z.input<typeof schema>): Promise<ReportOutcome> {
    const { message, kind, note, alsoBlock, copy } = parseInput(schema, input);
    const { personId } = viewer;
    const messageId = this.handles.open(`person:${personId}`, 'msg', message);
    const as = { role: 'person', personId } as const;
    const received =
      messageId &&
      (await this.database.transaction(as, (tx) =>
        this.disclose.execute(tx, viewer, messageId, copy ?? undefined),
      ));
    if (!received) throw new BadInputError([{ field: 'input.message', rule: MESSAGE_RULE }]);
    const { businessId, disclosure } = received;
    this.tellOfChange(messageId, businessId, disclosure);
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
      if (retryAt) return { reason: 'REPORT_LIMIT', retryAt };
      if (disclosure.outcome === 'REFUSED') return { reason: disclosure.reason, retryAt: null };
      const id = uuid7(now.getTime(), viewer.lane);
      const report = {
        id,
        businessId,
        kind,
        sealed: this.vault.seal(id, disclosedBy(received, disclosure, now), note ?? null),
        receivedAt: received.receivedAt,
        reportedAt: now,
      };
      await this.store.add(tx, viewer, { ...report, contactId: received.contactId, messageId });
      await this.count(tx, id);
      return { report: { ...report, decision: null, decidedAt: null }, repeated: false };
    });
  }

  /** A row that was changed beneath the platform is for the operator to look into; who reports only meets it. */
  private tellOfChange(message: string, businessId: string, disclosure: Disclosure): void {
    const changed =
      disclosure.outcome === 'PROVEN'
        ? disclosure.stored === 'CHANGED'
        : disclosure.outcome === 'REFUSED' && disclosure.reason === 'STORED_MESSAGE_CHANGED';
    if (!changed) return;
    const business = publicId('biz', businessId);
    this.log.error(
      { message, business },
      'What is stored of a message is not what was sent: see docs/reports.md',
    );
  }

  /** A report and what it counts are one transaction, which no single role may do. */
  private async count(tx: Transaction, id: string): Promise<void> {
    await tx.become({ role: 'engine' });
    await this.signals.execute(tx, await this.store.ofConversation(tx, id));
  }
}

/** What the operator is shown, and what was found of it. */
function disclosedBy(
  { businessId, sentAt, receivedAt }: DisclosedMessage,
  disclosure: Exclude<Disclosure, { outcome: 'REFUSED' }>,
  now: Date,
): Disclosed {
  const { text, media: file } = disclosure.words;
  const media = file && { type: file.type, bytes: file.bytes, sha256: file.sha256, name: file.name };
  if (disclosure.outcome === 'UNPROVEN') return { text, media, proof: null };
  const { proof, by, stored } = disclosure;
  const times = {
    sentAt: sentAt.toISOString(),
    receivedAt: receivedAt.toISOString(),
    reportedAt: now.toISOString(),
  };
  return { text, media, proof: { tag: proof.toString('base64url'), businessId, ...times, by, stored } };
}
