import { Injectable } from '@nestjs/common';
import { Database, Hints } from '@assent/platform';
import { HeldStore } from '../persistence/held.store.js';

const BATCH = 500;

/**
 * Lets go on what waited for the end of a restriction that was lifted or overturned, or behind a sample that reactions have
 * settled; for the worker, every few seconds.
 */
@Injectable()
export class ReleaseHeld {
  constructor(
    private readonly database: Database,
    private readonly hints: Hints,
    private readonly held: HeldStore,
  ) {}

  /** In short transactions, until there is none. */
  async execute(): Promise<void> {
    for (let released = BATCH; released >= BATCH;) {
      released = await this.database.transaction({ role: 'engine' }, (tx) => this.held.release(tx, BATCH));
      if (released > 0) this.hints.send(['queue']);
    }
  }
}
