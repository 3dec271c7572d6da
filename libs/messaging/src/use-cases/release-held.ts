import { Injectable } from '@nestjs/common';
import { Database, Hints } from '@assent/platform';
import { HeldStore } from '../persistence/held.store.js';
import { SwitchedOffStore } from '../persistence/switched-off.store.js';

const BATCH = 500;

/**
 * Lets go on what waited for the end of a restriction that was lifted or overturned, or behind a sample that reactions have
 * settled, or by a kill switch that was lifted; for the worker, every few seconds.
 */
@Injectable()
export class ReleaseHeld {
  constructor(
    private readonly database: Database,
    private readonly hints: Hints,
    private readonly held: HeldStore,
    private readonly switchedOff: SwitchedOffStore,
  ) {}

  /** In short transactions, until there is none. */
  async execute(): Promise<void> {
    for (const store of [this.held, this.switchedOff]) {
      for (let released = BATCH; released >= BATCH;) {
        released = await this.database.transaction({ role: 'engine' }, (tx) => store.release(tx, BATCH));
        if (released > 0) this.hints.send(['queue']);
      }
    }
  }
}
