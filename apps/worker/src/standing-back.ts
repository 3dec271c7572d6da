import { availableParallelism } from 'node:os';
import type { Hints } from '@assent/platform';
import type { Loops } from './loops.js';

/** For how long work stands back behind a stop, in ms: several times what one takes under full dispatch (docs/performance.md). */
export const STANDS_BACK_MS = 250;
/** Where there are more processors than this, a stop finds one. */
const FEW_PROCESSORS = 2;

/** Keeps a part of the worker's work back while people stop businesses, so that stops find a processor (ADR 66). */
export class StandingBack {
  private until = 0;

  /** @param processors of this machine, or of its container */
  constructor(
    hints: Hints,
    private readonly loops: Pick<Loops, 'pause' | 'signal'>,
    processors = availableParallelism(),
  ) {
    if (processors > FEW_PROCESSORS) return;
    hints.each('stops', () => {
      this.until = performance.now() + STANDS_BACK_MS;
    });
  }

  /** Resolves when nobody has stopped anything for a while, or when the loops are to end. */
  async whileStopping(): Promise<void> {
    for (let left; (left = this.until - performance.now()) > 0 && !this.loops.signal.aborted;)
      await this.loops.pause(left);
  }
}
