import { Injectable } from '@nestjs/common';
import { Database, KeyRing, open, seal, type SealedColumn, type Transaction } from '@assent/platform';

/** Every piece of an uploaded file has this many bytes, but the last. */
export const PIECE_BYTES = 256 * 1_024;

type Table = 'consent_import_piece' | 'consent_import_result';

const USE = 'consent-import';

export const IMPORTS_SEALED: readonly SealedColumn[] = (
  ['consent_import_piece', 'consent_import_result'] as const
).map((table) => ({
  table,
  column: 'sealed',
  key: { job_id: 'uuid', nr: 'integer' },
  use: USE,
  place: (jobId: string, nr: string) => place(table, jobId, nr),
  most: 20,
}));

/** Uploaded files and their results, piece by piece, sealed. */
@Injectable()
export class ImportFileStore {
  constructor(
    private readonly database: Database,
    private readonly keys: KeyRing,
  ) {}

  /** Keeps one piece of an uploaded file. */
  addPiece(tx: Transaction, businessId: string, jobId: string, nr: number, bytes: Buffer): Promise<void> {
    return this.add(tx, 'consent_import_piece', businessId, jobId, nr, bytes);
  }

  /** Keeps one part of a result. */
  addResult(tx: Transaction, businessId: string, jobId: string, nr: number, text: string): Promise<void> {
    return this.add(tx, 'consent_import_result', businessId, jobId, nr, Buffer.from(text));
  }

  /** An uploaded file from a place on, one piece at a time; in the role `engine`. */
  async *fileFrom(jobId: string, place: number): AsyncGenerator<Buffer, void, undefined> {
    const first = Math.floor(place / PIECE_BYTES);
    for (let nr = first; ; nr++) {
      const piece = await this.database.transaction({ role: 'engine' }, (tx) =>
        this.read(tx, 'consent_import_piece', jobId, nr),
      );
      if (!piece) return;
      yield nr === first ? piece.subarray(place % PIECE_BYTES) : piece;
    }
  }

  /** The result of a job of this business so far, part by part. */
  async *resultOf(businessId: string, jobId: string): AsyncGenerator<Buffer, void, undefined> {
    for (let nr = 0; ; nr++) {
      const part = await this.database.transaction({ role: 'business', businessId }, (tx) =>
        this.read(tx, 'consent_import_result', jobId, nr),
      );
      if (!part) return;
      yield part;
    }
  }

  /** Removes the pieces that lie wholly before a place: all of their rows have results. */
  async dropBefore(tx: Transaction, jobId: string, place: number): Promise<void> {
    await tx.run({
      name: 'import-drop-pieces',
      text: 'DELETE FROM consent_import_piece WHERE job_id = $1 AND nr < $2',
      values: [jobId, Math.floor(place / PIECE_BYTES)],
    });
  }

  private async add(
    tx: Transaction,
    table: Table,
    businessId: string,
    jobId: string,
    nr: number,
    plain: Buffer,
  ): Promise<void> {
    const version = this.keys.current;
    const key = this.keys.derive(USE, version);
    await tx.run({
      text: `INSERT INTO ${table} (job_id, nr, business_id, sealed) VALUES ($1, $2, $3, $4)`,
      values: [jobId, nr, businessId, seal({ version, key }, plain, place(table, jobId, nr))],
    });
  }

  private async read(tx: Transaction, table: Table, jobId: string, nr: number): Promise<Buffer | undefined> {
    const [row] = await tx.rows<{ sealed: Buffer }>({
      text: `SELECT sealed FROM ${table} WHERE job_id = $1 AND nr = $2`,
      values: [jobId, nr],
    });
    const keyOf = (version: number) => this.keys.derive(USE, version);
    return row && open(keyOf, row.sealed, place(table, jobId, nr));
  }
}

function place(table: Table, jobId: string, nr: number | string): string {
  return `${table}.sealed:${jobId}:${nr}`;
}
