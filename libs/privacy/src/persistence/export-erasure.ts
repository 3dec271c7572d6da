import { Injectable } from '@nestjs/common';
import type { ErasedPerson, ErasesPerson, StoreErasure, Transaction } from '@assent/platform';

/** A person's exports: whoever is erased has no copy left here either. In the role `eraser`. */
@Injectable()
export class ExportErasure implements ErasesPerson {
  /** The jobs take their bytes and keys with them; a worker that is making one finds that its lease is gone. */
  async end(tx: Transaction, { lane, personId }: ErasedPerson): Promise<StoreErasure[]> {
    const rows = await tx.run({
      text: 'DELETE FROM export_job WHERE lane = $1 AND person_id = $2',
      values: [lane, personId],
    });
    return [{ store: 'exports', what: 'DELETED', rows }];
  }

  async sweep(): Promise<StoreErasure[]> {
    return [];
  }
}
