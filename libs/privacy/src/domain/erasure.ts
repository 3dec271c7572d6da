/** Why a person is erased: they asked, or their number was proved by somebody new. */
export type ErasureCause = 'REQUEST' | 'NEW_POSSESSION';

/** What became of one store. */
export interface ErasedStore {
  store: string;
  what: 'DELETED' | 'KEY_DESTROYED' | 'KEPT';
  rows: number;
  /** Why it was kept. */
  why?: string;
}

/** An erasure as whoever holds its token may follow it. */
export interface Erasure {
  id: string;
  askedAt: Date;
  doneAt: Date | null;
  /** What was done up to now, a store each. */
  stores: ErasedStore[];
  /** Conversations whose messages are still to be emptied. */
  conversationsLeft: number;
  /** Signed JSON; null until it is done. */
  proof: string | null;
}
