import type { ErasedLeaves } from '@assent/consent';
import type { ErasedStore, ErasureCause } from './erasure.js';

/** Names the format, and stands before what is signed. */
export const ERASURE_PROOF_FORMAT = 'assent-erasure-proof/1';

/** Everything that a proof says. */
export interface ErasureFacts {
  /** Public id. */
  id: string;
  cause: ErasureCause;
  askedAt: Date;
  doneAt: Date;
  /** Keyed mark of the number. */
  tombstone: Buffer;
  stores: readonly ErasedStore[];
  log: ErasedLeaves;
}

/** What is signed. */
export type ErasureProof = {
  format: typeof ERASURE_PROOF_FORMAT;
  erasure: { id: string; cause: ErasureCause; asked_at: string; done_at: string; tombstone: string };
  stores: { store: string; what: ErasedStore['what']; rows: number; why: string | null }[];
  log: ErasedLeaves;
};

/** The proof of an erasure, without its signatures; docs/erasure.md goes through it. It says nothing of who it was. */
export function erasureProof(facts: ErasureFacts): ErasureProof {
  const { id, cause, askedAt, doneAt, tombstone, stores, log } = facts;
  return {
    format: ERASURE_PROOF_FORMAT,
    erasure: {
      id,
      cause,
      asked_at: askedAt.toISOString(),
      done_at: doneAt.toISOString(),
      tombstone: tombstone.toString('base64'),
    },
    stores: stores.map(({ store, what, rows, why }) => ({ store, what, rows, why: why ?? null })),
    log,
  };
}
