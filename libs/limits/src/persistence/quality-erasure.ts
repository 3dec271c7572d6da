import { Injectable } from '@nestjs/common';
import type { ErasedPerson, ErasesPerson, StoreErasure, Transaction } from '@assent/platform';

/** A person's reactions to businesses. In the role `eraser`. */
@Injectable()
export class QualityErasure implements ErasesPerson {
  /** After the contacts were cut off: whoever was adding something to one of them has committed, and nobody adds any more. */
  async end(tx: Transaction, { lane, personId }: ErasedPerson): Promise<StoreErasure[]> {
    const reactions = await tx.run({
      text: 'DELETE FROM quality_signal WHERE lane = $1 AND person_id = $2',
      values: [lane, personId],
    });
    return [{ store: 'reactions to businesses', what: 'DELETED', rows: reactions }];
  }

  /** Nothing is left afterwards. */
  sweep(): Promise<StoreErasure[]> {
    return Promise.resolve([]);
  }
}
