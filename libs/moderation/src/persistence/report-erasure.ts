import { Injectable } from '@nestjs/common';
import type { ErasedPerson, ErasesPerson, StoreErasure, Transaction } from '@assent/platform';

/** What a person reported. In the role `eraser`, under their guard, which reporting holds as well. */
@Injectable()
export class ReportErasure implements ErasesPerson {
  async end(tx: Transaction, { lane, personId }: ErasedPerson): Promise<StoreErasure[]> {
    const reports = await tx.run({
      text: 'DELETE FROM report WHERE lane = $1 AND person_id = $2',
      values: [lane, personId],
    });
    return [{ store: 'reports of messages', what: 'DELETED', rows: reports }];
  }

  /** Nothing is left afterwards. */
  sweep(): Promise<StoreErasure[]> {
    return Promise.resolve([]);
  }
}
