import { Injectable } from '@nestjs/common';
import { KeyRing, open, seal, type SealedColumn, type Transaction } from '@assent/platform';
import type { ExportKey } from '../domain/data-export.js';

const USE = 'export';

export const EXPORTS_SEALED: SealedColumn = {
  table: 'export_chunk',
  column: 'bytes',
  key: { lane: 'smallint', person_id: 'uuid', job_id: 'uuid', nr: 'integer' },
  salt: '(SELECT j.salt FROM export_job j WHERE j.lane = t.lane AND j.person_id = t.person_id AND j.id = t.job_id)',
  use: USE,
  place: (_lane, _personId, id, nr) => placeOf({ id }, nr),
  most: 20,
};

/** With what sealing adds, a chunk stays below 256 KB. */
export const CHUNK_BYTES = 255 * 1024;

/** An export with the salt of its key. */
type Sealable = ExportKey & { salt: Buffer };

/** The bytes of exports: sealed in chunks under a key made from the export's salt, so that without its row they are gone. */
@Injectable()
export class ExportVault {
  constructor(private readonly keys: KeyRing) {}

  /** @param bytes at most CHUNK_BYTES */
  async put(tx: Transaction, job: Sealable, nr: number, bytes: Buffer): Promise<void> {
    const version = this.keys.current;
    const key = this.keys.deriveFresh(USE, job.salt, version);
    await tx.run({
      text: 'INSERT INTO export_chunk (lane, person_id, job_id, nr, bytes) VALUES ($1, $2, $3, $4, $5)',
      values: [job.lane, job.personId, job.id, nr, seal({ version, key }, bytes, placeOf(job, nr))],
    });
  }

  /** The bytes of a chunk; undefined behind the last one. */
  async get(tx: Transaction, job: Sealable, nr: number): Promise<Buffer | undefined> {
    const [row] = await tx.rows<{ bytes: Buffer }>({
      text: 'SELECT bytes FROM export_chunk WHERE lane = $1 AND person_id = $2 AND job_id = $3 AND nr = $4',
      values: [job.lane, job.personId, job.id, nr],
    });
    const keyOf = (version: number) => this.keys.deriveFresh(USE, job.salt, version);
    return row && open(keyOf, row.bytes, placeOf(job, nr));
  }
}

function placeOf({ id }: Pick<ExportKey, 'id'>, nr: number | string): string {
  return `export_chunk.bytes:${id}:${nr}`;
}
