import { Injectable } from '@nestjs/common';
import { Database } from '@assent/platform';
import { ImportJobStore } from '../persistence/import-job.store.js';

/** How long a business can read what became of a file. */
export const IMPORT_DAYS = 30;
const BATCH = 200;
const MOST_BATCHES = 100;

/** Forgets files: their pieces once they ended, their results after 30 days, uploads that broke off; for the worker. */
@Injectable()
export class ForgetImports {
  constructor(
    private readonly database: Database,
    private readonly jobs: ImportJobStore,
  ) {}

  /** In short transactions, as many as it takes, at most 100 a call. */
  async execute(): Promise<void> {
    for (let batch = 0; batch < MOST_BATCHES; batch++) {
      const removed = await this.database.transaction({ role: 'engine' }, (tx) =>
        this.jobs.forget(tx, IMPORT_DAYS, BATCH),
      );
      if (removed < BATCH) break;
    }
  }
}
