import { Injectable } from '@nestjs/common';
import { column, SMALLINT, timeOf, type Transaction } from '@assent/platform';
import type { NumberIndex } from './phone-index.js';

const MARK_BYTES = 32;

/**
 * Tombstones: numbers whose holder was erased or gave way to another. Whoever had such a number before is gone for good,
 * also where a restored backup has their rows again.
 */
@Injectable()
export class TombstoneStore {
  /** Lays a tombstone; a later one replaces it. In the role `eraser`. */
  async lay(tx: Transaction, { tombstone: mark, version }: NumberIndex, at: Date): Promise<void> {
    await tx.run({
      text: `INSERT INTO number_tombstone AS t (bucket, mark, mark_version, at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (bucket, mark) DO UPDATE SET at = greatest(t.at, excluded.at)`,
      values: [bucketOf(mark), mark, version, at],
    });
  }

  /**
   * When the last tombstone of each number was laid, in order; give each number under every key version. One look-up for
   * each, whoever it belongs to.
   */
  async times(tx: Transaction, numbers: readonly (readonly NumberIndex[])[]): Promise<(Date | undefined)[]> {
    const marks = numbers.flatMap((versions, at) => versions.map(({ tombstone }) => ({ at, tombstone })));
    const rows = await tx.rows<{ nr: number; at: Date }>({
      name: 'tombstone-times',
      // As in matching: marks end to end in one value, and LIMIT, so that the planner never reads the whole table.
      text: `SELECT asked.nr, t.at FROM unnest($1::smallint[]) WITH ORDINALITY AS asked (bucket, nr)
        CROSS JOIN LATERAL (
          SELECT at FROM number_tombstone WHERE bucket = asked.bucket
            AND mark = substr($2::bytea, (asked.nr::integer - 1) * ${MARK_BYTES} + 1, ${MARK_BYTES}) LIMIT 1
        ) t ORDER BY t.at`,
      values: [
        column(SMALLINT, marks, ({ tombstone }) => bucketOf(tombstone)),
        Buffer.concat(marks.map(({ tombstone }) => tombstone)),
      ],
    });
    const times = numbers.map((): Date | undefined => undefined);
    for (const { nr, at } of rows) times[marks[nr - 1]?.at ?? -1] = at;
    return times;
  }
}

/** Whether a person was there when a tombstone of their number was laid: an id tells when it was made. */
export function isBuried(personId: string, tombstoneAt: Date | undefined): boolean {
  return tombstoneAt !== undefined && timeOf(personId) < tombstoneAt.getTime();
}

function bucketOf(mark: Buffer): number {
  return mark.readUInt16BE(0) >> 6;
}
