import { Injectable } from '@nestjs/common';
import type { Transaction } from '@assent/platform';
import { QualityReaderStore } from '../persistence/quality-reader.store.js';
import { type ConversationReports, SignalStore } from '../persistence/signal.store.js';

export type { ConversationReports };

/** For the library that takes reports: how those of a conversation stand, for the quality of its business and templates. */
@Injectable()
export class RecordReports {
  constructor(
    private readonly signals: SignalStore,
    private readonly readers: QualityReaderStore,
  ) {}

  /** In the transaction that changes them, in the role `engine`. */
  async execute(tx: Transaction, reports: readonly ConversationReports[]): Promise<void> {
    await this.signals.bringUpReports(tx, reports);
    await this.readers.hurry(tx, [...new Set(reports.map(({ businessId }) => businessId))]);
  }
}
