import type { PersonKey, Transaction } from '@assent/platform';
import type { ConsentRecord } from '../domain/consent-event.js';

/** Tells businesses what a person said to them; provided by the library that knows what contacts are told by. */
export abstract class ConsentTeller {
  /**
   * Writes an event for each record whose business has the person as a contact. `tx` runs as the person and holds their
   * guard row; every record names a business, and changed something.
   */
  abstract tell(tx: Transaction, person: PersonKey, records: readonly ConsentRecord[]): Promise<void>;
}
