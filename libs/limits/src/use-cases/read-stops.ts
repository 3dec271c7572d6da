import { Injectable } from '@nestjs/common';
import { Database } from '@assent/platform';
import { QualityReaderStore } from '../persistence/quality-reader.store.js';
import { SignalStore } from '../persistence/signal.store.js';

const MOST_LEAVES = 2_000;

/**
 * Reads who stopped, blocked or came back from the leaves of the consent log, for quality; for the worker. The log has every
 * consent event once and in one order, so a number is all that has to be remembered, and a stop writes nothing for this.
 */
@Injectable()
export class ReadStops {
  constructor(
    private readonly database: Database,
    private readonly readers: QualityReaderStore,
    private readonly signals: SignalStore,
  ) {}

  /** One round: up to 2,000 leaves. Of several workers that call it at a time, one does it. @returns whether there may be more */
  execute(): Promise<boolean> {
    return this.database.transaction({ role: 'engine' }, async (tx) => {
      const from = await this.readers.claimConsent(tx);
      if (from === undefined) return false;
      const { changed, leaves } = await this.readers.changedConsents(tx, from, MOST_LEAVES);
      if (leaves <= 0) return false;
      await this.signals.bringUpStops(tx, changed);
      await this.readers.moveConsent(tx, from + leaves);
      await this.readers.hurry(tx, [...new Set(changed.map(({ businessId }) => businessId))]);
      return leaves === MOST_LEAVES;
    });
  }
}
