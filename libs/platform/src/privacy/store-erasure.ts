/** What became of one store's rows of a person who asked to be erased. */
export interface StoreErasure {
  /** The store as a person may read of it, for example `messages`. */
  store: string;
  /** KEY_DESTROYED: rows are still there, and nobody can open what they hold any more. */
  what: 'DELETED' | 'KEY_DESTROYED' | 'KEPT';
  rows: number;
  /** What was kept, and on what ground. */
  why?: string;
}
