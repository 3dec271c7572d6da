import { Injectable } from '@nestjs/common';
import { Database } from '@assent/platform';
import { CarrierReferenceStore } from '../persistence/carrier-reference.store.js';
import { HandOffRecorder } from '../persistence/hand-off.recorder.js';

/** Gives up what no carrier took in time, and forgets what came of hand-offs after 30 days and receipts after 10; for the worker, every minute. */
@Injectable()
export class SweepHandOffs {
  constructor(
    private readonly database: Database,
    private readonly recorder: HandOffRecorder,
    private readonly references: CarrierReferenceStore,
  ) {}

  async execute(): Promise<void> {
    await this.database.transaction({ role: 'engine' }, async (tx) => {
      await this.recorder.sweep(tx);
      await this.references.forget(tx);
    });
  }
}
