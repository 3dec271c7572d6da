import { Injectable } from '@nestjs/common';
import { Database } from '@assent/platform';
import { ExportStore } from '../persistence/export.store.js';

/** Each may be hundreds of chunks, so few at a time. */
const BATCH = 20;

/** Removes exports that have expired; for the worker. */
@Injectable()
export class ForgetExports {
  constructor(
    private readonly database: Database,
    private readonly store: ExportStore,
  ) {}

  /** In short transactions, until there are none. @returns how many it removed */
  async execute(): Promise<number> {
    let removed = 0;
    for (;;) {
      const batch = await this.database.transaction({ role: 'engine' }, (tx) => this.store.forget(tx, BATCH));
      removed += batch;
      if (batch < BATCH) return removed;
    }
  }
}
