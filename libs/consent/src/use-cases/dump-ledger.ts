import { Injectable } from '@nestjs/common';
import { dumpLine, dumpLog, entryLine, type LeafRange, type LogDump } from '@assent/ledger';
import { Database, type Transaction } from '@assent/platform';
import { canonicalRecord } from '../domain/consent-event.js';
import { ConsentLogStore } from '../persistence/consent-log.store.js';
import { LogSigner } from '../persistence/log-signer.js';

/** The whole ledger as lines of JSON that anyone can check offline; docs/consent-receipts.md describes them. */
@Injectable()
export class DumpLedger {
  constructor(
    private readonly database: Database,
    private readonly store: ConsentLogStore,
    private readonly signer: LogSigner,
  ) {}

  /**
   * The log as of its newest checkpoint; an event that is erased meanwhile is a bare hash from then on.
   * @returns undefined while there is no checkpoint
   */
  execute(): Promise<LogDump | undefined> {
    const { store: log, signer } = this;
    return dumpLog(this.database, {
      format: 'assent-ledger-dump/1',
      log,
      signer,
      lines: (tx, range) => this.lines(tx, range),
    });
  }

  private async lines(tx: Transaction, range: LeafRange): Promise<string[]> {
    const leaves = await this.store.leaves(tx, range);
    return leaves.map(({ hash, event }, nr) => {
      const index = range.from + nr;
      return event
        ? entryLine(index, hash, canonicalRecord(event), event)
        : dumpLine({ type: 'erased', index, leafHash: hash.toString('base64') });
    });
  }
}
