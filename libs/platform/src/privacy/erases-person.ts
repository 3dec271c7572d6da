import type { Transaction } from '../database/database.js';
import type { PersonKey } from './person-key.js';
import type { StoreErasure } from './store-erasure.js';

/** A person who is being erased, and the erasure that it is done for. */
export interface ErasedPerson extends PersonKey {
  erasureId: string;
  /** When they ended. */
  at: Date;
}

/** What one library does with what it holds of a person who is erased. Both run in the role `eraser`. */
export interface ErasesPerson {
  /**
   * In the transaction that ends the person, under their guard: from its commit on nothing passes to them, and nothing
   * of them can be found, matched or opened.
   */
  end(tx: Transaction, person: ErasedPerson): Promise<StoreErasure[]>;

  /**
   * Afterwards, up to `limit` rows of what is left, in a transaction of its own. It can be called again after any crash.
   * @returns what this call did; nothing, where nothing was left
   */
  sweep(tx: Transaction, person: ErasedPerson, limit: number): Promise<StoreErasure[]>;
}
