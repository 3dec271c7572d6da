import { Injectable } from '@nestjs/common';
import type { ErasedPerson, ErasesPerson, StoreErasure, Transaction } from '@assent/platform';
import { LET_GO } from './let-go.js';

/** Media of a person; and those that they were sent, where nobody else was sent them. In the role `eraser`. */
@Injectable()
export class MediaErasure implements ErasesPerson {
  /**
   * Locks the media, which sending one writes, and looks in a later statement whom else they were sent to: whoever was sent
   * one while this waited is seen.
   */
  async end(tx: Transaction, { lane, personId }: ErasedPerson): Promise<StoreErasure[]> {
    const media = await tx.rows<{ id: string }>({
      text: `SELECT m.id FROM media m JOIN media_use u ON u.media_id = m.id WHERE u.lane = $1 AND u.person_id = $2
        ORDER BY m.id FOR UPDATE OF m`,
      values: [lane, personId],
    });
    const uses = await tx.run({
      text: 'DELETE FROM media_use WHERE lane = $1 AND person_id = $2',
      values: [lane, personId],
    });
    await tx.run({
      text: `WITH gone AS (
          DELETE FROM media m WHERE m.id = ANY($1::uuid[])
            AND NOT EXISTS (SELECT FROM media_use u WHERE u.media_id = m.id) RETURNING id, created_at
        )
        ${LET_GO}`,
      values: [media.map(({ id }) => id)],
    });
    // Under the guard of the person, so none is added and none is sent meanwhile.
    const own = await tx.run({
      text: `WITH gone AS (
          DELETE FROM media WHERE lane = $1 AND person_id = $2 RETURNING id, created_at
        )
        ${LET_GO}`,
      values: [lane, personId],
    });
    return [
      { store: 'media sent to you', what: 'DELETED', rows: uses },
      { store: 'media of yours', what: 'DELETED', rows: own },
    ];
  }

  sweep(): Promise<StoreErasure[]> {
    return Promise.resolve([]);
  }
}
