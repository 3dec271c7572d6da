import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '@assent/platform';
import { describeAnswer } from '../domain/import-answers.js';
import type { ImportClaim, ImportProgress } from '../domain/import-job.js';
import { ImportFileStore } from '../persistence/import-file.store.js';
import { ImportJobStore } from '../persistence/import-job.store.js';
import { ImportBatch, type ImportResult, MOST_IN_BATCH, unfitResults } from './import-batch.js';
import type { CheckedOptIn } from './import-input.js';
import { csvLine, type CsvRow, headerOf, NotCsvError, optInOf, rowsOf } from './import-rows.js';

/** Batches of one job in a row, before another one that waits has its turn. */
const BATCHES_A_TURN = 10;
/** A job that was claimed so often without getting on is given up. */
const MOST_ATTEMPTS = 8;
const MOST_CORRELATION_ID = 255;

/** Somebody else holds the job by now, or it was cancelled: what this worker did last is undone. */
class LostJob extends Error {}

/** Works off files of opt-ins; for the worker. Any number may do so at the same time. */
@Injectable()
export class RunImports {
  constructor(
    private readonly database: Database,
    private readonly jobs: ImportJobStore,
    private readonly files: ImportFileStore,
    private readonly batch: ImportBatch,
  ) {}

  /**
   * Gives one job a turn of up to 10,000 rows. Results, what was imported and how far the job is are written in one
   * transaction for each 1,000 rows; so after a crash another worker goes on behind the last of them, and every row has its
   * result exactly once.
   * @returns false where nothing waits
   */
  async execute(): Promise<boolean> {
    const job = await this.asEngine((tx) => this.jobs.claim(tx));
    if (!job) return false;
    try {
      const failure = job.attempts > MOST_ATTEMPTS ? 'The platform could not work it off.' : null;
      const ended = failure !== null || (await this.turn(job));
      await this.asEngine((tx) => (ended ? this.jobs.end(tx, job, failure) : this.jobs.release(tx, job)));
    } catch (error) {
      if (error instanceof NotCsvError) await this.asEngine((tx) => this.jobs.end(tx, job, error.message));
      else if (!(error instanceof LostJob)) throw error;
    }
    return true;
  }

  /** @returns whether the file is at its end */
  private async turn(job: ImportClaim): Promise<boolean> {
    const start = { bytes: job.bytesDone, lines: job.linesDone };
    let progress: ImportProgress = job;
    let rows: CsvRow[] = [];
    let batches = 0;
    const rest = this.files.fileFrom(job.id, start.bytes);
    for await (const { fields, bytes, lines } of rowsOf(rest, start.lines)) {
      const row = { fields, bytes: start.bytes + bytes, lines: start.lines + lines };
      if (!progress.header) {
        progress = { ...progress, header: headerOf(fields), bytesDone: row.bytes, linesDone: row.lines };
        continue;
      }
      rows.push(row);
      if (rows.length < MOST_IN_BATCH) continue;
      progress = await this.importRows(job, progress, rows);
      rows = [];
      if (++batches === BATCHES_A_TURN) return false;
    }
    if (!progress.header) throw new NotCsvError('Line 1: the header is missing');
    if (rows.length > 0) await this.importRows(job, progress, rows);
    return true;
  }

  private async importRows(
    job: ImportClaim,
    before: ImportProgress,
    rows: readonly CsvRow[],
  ): Promise<ImportProgress> {
    const header = before.header ?? [];
    const checked = rows.map(({ fields }) => optInOf(header, fields));
    const optIns = checked.filter((row): row is CheckedOptIn => typeof row !== 'string');
    const last = rows.at(-1);
    if (!last) return before;

    let progress = before;
    await this.batch.execute(job.businessId, optIns, async (tx, outcome) => {
      const results = 'results' in outcome ? [...outcome.results] : unfitResults(optIns, outcome.unfit);
      const counts = new Map(Object.entries(before.counts));
      const lines = rows.map(({ fields, lines: line }, at) => {
        const fault = checked[at];
        const { kind, text } =
          typeof fault === 'string'
            ? badRow(fields[header.indexOf('correlation_id')], line, fault)
            : resultLine(results.shift());
        counts.set(kind, (counts.get(kind) ?? 0) + 1);
        return text;
      });
      progress = {
        header,
        bytesDone: last.bytes,
        linesDone: last.lines,
        rowsDone: before.rowsDone + rows.length,
        partsDone: before.partsDone + 1,
        counts: Object.fromEntries(counts),
      };
      const [, , advanced] = await Promise.all([
        this.files.addResult(tx, job.businessId, job.id, before.partsDone, lines.join('')),
        this.files.dropBefore(tx, job.id, last.bytes),
        this.jobs.advance(tx, job, progress),
      ]);
      if (!advanced) throw new LostJob();
    });
    return progress;
  }

  private asEngine<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    return this.database.transaction({ role: 'engine' }, work);
  }
}

function badRow(correlationId: string | undefined, line: number, fault: string) {
  const id = (correlationId ?? '').slice(0, MOST_CORRELATION_ID);
  return { kind: 'BAD_ROW', text: csvLine([id, 'BAD_ROW', 'BAD_ROW', `Line ${line}: ${fault}`]) };
}

function resultLine(result: ImportResult | undefined) {
  if (!result) throw new Error('A row was left without a result');
  const { outcome, reason, message } = describeAnswer(result.answer);
  return { kind: result.answer, text: csvLine([result.correlationId, outcome, reason, message]) };
}
