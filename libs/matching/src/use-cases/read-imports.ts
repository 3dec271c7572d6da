import { Injectable } from '@nestjs/common';
import type { BusinessViewer } from '@assent/accounts';
import {
  badCursor,
  Database,
  pageSchema,
  parseInput,
  parsePublicId,
  type Transaction,
} from '@assent/platform';
import type { ImportJob } from '../domain/import-job.js';
import { ImportFileStore } from '../persistence/import-file.store.js';
import { ImportJobStore } from '../persistence/import-job.store.js';
import { csvLine } from './import-rows.js';

/** A business reads and cancels its files of opt-ins, in its own database role. */
@Injectable()
export class ReadImports {
  constructor(
    private readonly database: Database,
    private readonly jobs: ImportJobStore,
    private readonly files: ImportFileStore,
  ) {}

  /** One of its files; undefined where it has none such. */
  async byId(viewer: BusinessViewer, id: string): Promise<ImportJob | undefined> {
    const jobId = parsePublicId('imp', id);
    return jobId === undefined ? undefined : this.as(viewer, (tx) => this.jobs.byId(tx, jobId));
  }

  /** Newest first, one more than `first` where there are more. @throws BadInputError */
  async page(
    viewer: BusinessViewer,
    page: { first: number; after?: string | null },
  ): Promise<{ first: number; jobs: ImportJob[] }> {
    const { first, after } = parseInput(pageSchema, page, 'consentImports');
    const before = typeof after === 'string' ? parsePublicId('imp', after) : null;
    if (before === undefined) {
      throw badCursor('consentImports');
    }
    const jobs = await this.as(viewer, (tx) => this.jobs.page(tx, viewer.businessId, before, first + 1));
    return { first, jobs };
  }

  /** Cancels a file that has not ended; what was imported of it stays. Undefined where there is none such. */
  async cancel(viewer: BusinessViewer, id: string): Promise<ImportJob | undefined> {
    const jobId = parsePublicId('imp', id);
    if (jobId === undefined) return undefined;
    await this.as(viewer, (tx) => this.jobs.cancel(tx, jobId));
    return this.byId(viewer, id);
  }

  /** The results of a file so far, as CSV, in bounded memory. */
  async *results({ businessId }: BusinessViewer, { id }: ImportJob): AsyncGenerator<Buffer, void, undefined> {
    yield Buffer.from(csvLine(['correlation_id', 'outcome', 'reason', 'message']));
    yield* this.files.resultOf(businessId, id);
  }

  private as<Result>(
    { businessId }: BusinessViewer,
    work: (tx: Transaction) => Promise<Result>,
  ): Promise<Result> {
    return this.database.transaction({ role: 'business', businessId }, work);
  }
}
