import { Injectable } from '@nestjs/common';
import { LogSigner, ProveErasure } from '@assent/consent';
import { Database, publicId, type Transaction } from '@assent/platform';
import { ERASURE_PROOF_FORMAT, erasureProof } from '../domain/erasure-proof.js';
import { type ClaimedErasure, ErasureStore } from '../persistence/erasure.store.js';
import { Erasing } from './erasing.js';

/** Rows of one store that one transaction erases: short enough to wait for nobody and hold up nobody. */
const ROWS = 1_000;
/** Steps in a row, so that a process that is asked to stop can. */
const STEPS = 100;
/** The log signs a checkpoint a second. */
const CHECKPOINT_MS = 1_000;

type Outcome = 'MORE' | 'WAITS' | 'DONE' | 'LOST';

/**
 * Erases what is left of people who ended, in small steps, and at last signs the proof. Any number of workers may run
 * it; should one die in the middle, another goes on where it stopped.
 */
@Injectable()
export class SweepErasures {
  constructor(
    private readonly database: Database,
    private readonly erasing: Erasing,
    private readonly erasures: ErasureStore,
    private readonly prove: ProveErasure,
    private readonly signer: LogSigner,
  ) {}

  /** One erasure, as far as 100 steps bring it. @returns whether there was one to work at */
  async execute(): Promise<boolean> {
    const erasure = await this.database.transaction({ role: 'eraser' }, (tx) => this.erasures.claim(tx));
    if (!erasure) return false;
    for (let step = 0; step < STEPS; step++) {
      const outcome = await this.database.transaction({ role: 'eraser' }, (tx) => this.step(tx, erasure));
      if (outcome !== 'MORE') return true;
    }
    await this.database.transaction({ role: 'eraser' }, (tx) => this.erasures.postpone(tx, erasure, 0));
    return true;
  }

  private async step(tx: Transaction, erasure: ClaimedErasure): Promise<Outcome> {
    if (!(await this.erasures.hold(tx, erasure))) return 'LOST';
    for (const part of this.erasing.parts) {
      const done = await part.sweep(tx, erasure, ROWS);
      if (done.length === 0) continue;
      await this.erasures.count(tx, erasure, done);
      return 'MORE';
    }
    return this.finish(tx, erasure);
  }

  /** Nothing is left: what was done is written down and signed, and the person's id, the last of them, goes. */
  private async finish(tx: Transaction, erasure: ClaimedErasure): Promise<Outcome> {
    const [log, stores, doneAt] = [
      await this.prove.execute(tx, erasure),
      await this.erasures.stores(tx, erasure),
      await tx.now(),
    ];
    if (!log) {
      await this.erasures.postpone(tx, erasure, CHECKPOINT_MS);
      return 'WAITS';
    }
    const { erasureId, cause, at, tombstone } = erasure;
    const id = publicId('ers', erasureId);
    const proof = erasureProof({ id, cause, askedAt: at, doneAt, tombstone, stores, log });
    const signatures = this.signer.attest(ERASURE_PROOF_FORMAT, proof);
    await this.erasures.finish(tx, erasure, doneAt, JSON.stringify({ ...proof, signatures }, null, 2));
    return 'DONE';
  }
}
