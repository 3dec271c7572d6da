import { Injectable } from '@nestjs/common';
import { Configuration, Database, Hints, type Transaction, uuid7 } from '@assent/platform';
import { ImportAnswerStore } from '../persistence/import-answer.store.js';
import { ImportFileStore, PIECE_BYTES } from '../persistence/import-file.store.js';
import { ImportJobStore } from '../persistence/import-job.store.js';
import type { UnfitStatus } from './match-contacts.js';

/** Files of a business that may be on their way at a time. */
export const MOST_OPEN_IMPORTS = 5;

/** What became of an upload. */
export type UploadOutcome =
  | { jobId: string }
  | { refused: 'BUSINESS'; status: UnfitStatus }
  | { refused: 'TOO_MANY' }
  | { refused: 'TOO_LARGE'; most: number }
  | { refused: 'EMPTY' };

/** Takes a file of opt-ins, in bounded memory, and queues it. */
@Injectable()
export class UploadImport {
  constructor(
    private readonly database: Database,
    private readonly configuration: Configuration,
    private readonly hints: Hints,
    private readonly answers: ImportAnswerStore,
    private readonly jobs: ImportJobStore,
    private readonly files: ImportFileStore,
  ) {}

  /** An upload that is interrupted, or is refused in the middle, leaves nothing. @throws whatever the stream throws */
  async execute(businessId: string, file: AsyncIterable<Buffer>): Promise<UploadOutcome> {
    const most = this.configuration.settings.CONSENT_IMPORT_MOST_BYTES;
    const status = await this.database.transaction({ role: 'business', businessId }, (tx) =>
      this.answers.statusOf(tx, businessId),
    );
    if (status !== 'VERIFIED') return { refused: 'BUSINESS', status };
    const jobId = await this.as(businessId, async (tx) => {
      const now = await tx.now();
      const id = uuid7(now.getTime());
      return (await this.jobs.begin(tx, businessId, id, now, MOST_OPEN_IMPORTS)) ? id : undefined;
    });
    if (!jobId) return { refused: 'TOO_MANY' };

    let whole = false;
    try {
      const bytes = await this.store(businessId, jobId, file, most);
      if (bytes > most) return { refused: 'TOO_LARGE', most };
      if (bytes === 0) return { refused: 'EMPTY' };
      whole = await this.as(businessId, (tx) => this.jobs.arrived(tx, jobId, bytes, true));
      if (!whole) throw new Error('An upload stood still for so long that it was forgotten');
      this.hints.send(['imports']);
      return { jobId };
    } finally {
      if (!whole) await this.as(businessId, (tx) => this.jobs.drop(tx, jobId));
    }
  }

  /** Stores a file piece by piece. @returns its bytes, or more than `most`: then the rest was not read */
  private async store(
    businessId: string,
    jobId: string,
    file: AsyncIterable<Buffer>,
    most: number,
  ): Promise<number> {
    let [stored, nr] = [0, 0];
    let waiting = Buffer.alloc(0);
    const keep = (piece: Buffer) =>
      this.as(businessId, async (tx) => {
        stored += piece.length;
        await Promise.all([
          this.files.addPiece(tx, businessId, jobId, nr++, piece),
          this.jobs.arrived(tx, jobId, stored, false),
        ]);
      });
    for await (const chunk of file) {
      waiting = Buffer.concat([waiting, chunk]);
      if (stored + waiting.length > most) return stored + waiting.length;
      for (; waiting.length >= PIECE_BYTES; waiting = waiting.subarray(PIECE_BYTES)) {
        await keep(waiting.subarray(0, PIECE_BYTES));
      }
    }
    if (waiting.length > 0) await keep(waiting);
    return stored;
  }

  private as<Result>(businessId: string, work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    return this.database.transaction({ role: 'business', businessId }, work);
  }
}
