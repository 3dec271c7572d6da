import { Injectable } from '@nestjs/common';
import type { PersonViewer } from '@assent/people';
import {
  badCursor,
  Database,
  Handles,
  type PageArgs,
  pageSchema,
  parseInput,
  type Transaction,
} from '@assent/platform';
import type { DataExport } from '../domain/data-export.js';
import { ExportStore, type FinishedExport } from '../persistence/export.store.js';
import { ExportVault } from '../persistence/export-vault.js';

/** An export that a person fetches: its bytes are opened as they are read. */
export interface FetchedExport {
  size: number;
  madeAt: Date;
  bytes: AsyncIterable<Buffer>;
}

/** A person reads and fetches their own exports. */
@Injectable()
export class ReadExports {
  constructor(
    private readonly database: Database,
    private readonly handles: Handles,
    private readonly store: ExportStore,
    private readonly vault: ExportVault,
  ) {}

  /** Those that have not expired, newest first; one more than `first` where there are more. @throws BadInputError */
  async page(viewer: PersonViewer, args: PageArgs): Promise<{ first: number; exports: DataExport[] }> {
    const { first, after } = parseInput(pageSchema, args, 'exports');
    const before = after ? this.idOf(viewer, after) : null;
    if (before === undefined) {
      throw badCursor('exports');
    }
    const exports = await this.as(viewer, (tx) => this.store.page(tx, viewer, before, first + 1));
    return { first, exports };
  }

  /** One of them; undefined for one that expired, is somebody else's or never was. */
  async one(viewer: PersonViewer, handle: string): Promise<DataExport | undefined> {
    const id = this.idOf(viewer, handle);
    return id === undefined ? undefined : this.as(viewer, (tx) => this.store.byId(tx, viewer, id));
  }

  /** One that is ready, to be fetched; undefined also for one that is not. No connection is held while it is read. */
  async fetch(viewer: PersonViewer, handle: string): Promise<FetchedExport | undefined> {
    const id = this.idOf(viewer, handle);
    const job = id && (await this.as(viewer, (tx) => this.store.finished(tx, viewer, id)));
    return job ? { size: job.size, madeAt: job.madeAt, bytes: this.bytes(viewer, job) } : undefined;
  }

  private async *bytes(viewer: PersonViewer, job: FinishedExport): AsyncGenerator<Buffer, void, undefined> {
    let left = job.size;
    for (let nr = 0; left > 0; nr++) {
      const bytes = await this.as(viewer, (tx) => this.vault.get(tx, job, nr));
      // It expired or was erased meanwhile: better an answer that breaks off than one that looks whole.
      if (!bytes) throw new Error('An export is gone while it is fetched');
      left -= bytes.length;
      yield bytes;
    }
  }

  private idOf({ personId }: PersonViewer, handle: string): string | undefined {
    return this.handles.open(`person:${personId}`, 'exp', handle);
  }

  private as<Result>(
    { personId }: PersonViewer,
    work: (tx: Transaction) => Promise<Result>,
  ): Promise<Result> {
    return this.database.transaction({ role: 'person', personId }, work);
  }
}
