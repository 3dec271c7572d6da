import { Injectable } from '@nestjs/common';
import { lockPerson } from '@assent/people';
import type { PersonKey, Transaction } from '@assent/platform';

/** What a business has borrowed of the pair limit with a test person; in the role `engine`. */
@Injectable()
export class PairDebtStore {
  /** Sets the theoretical arrival time of the limit, under the guard that sending decides under. */
  async borrow(tx: Transaction, person: PersonKey, businessId: string, tat: Date): Promise<void> {
    await Promise.all([
      lockPerson(tx, person),
      tx.run({
        text: `INSERT INTO contact_state (lane, contact_id, business_id, pair_tat)
          SELECT lane, id, business_id, $4 FROM contact WHERE lane = $1 AND person_id = $2 AND business_id = $3
          ON CONFLICT (lane, contact_id) DO UPDATE SET pair_tat = excluded.pair_tat`,
        values: [person.lane, person.personId, businessId, tat],
      }),
    ]);
  }
}
