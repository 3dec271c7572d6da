import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '@assent/platform';
import { MediaStorage } from '../adapters/media-storage.js';
import { MediaStore } from '../persistence/media.store.js';

const BATCH = 100;

/** Removes media that have expired, and the bytes of all that are gone; for the worker. */
@Injectable()
export class ForgetMedia {
  constructor(
    private readonly database: Database,
    private readonly storage: MediaStorage,
    private readonly store: MediaStore,
  ) {}

  /** In short transactions, until there is nothing left. Bytes that can not be removed now are tried again. */
  async execute(): Promise<void> {
    let expired = BATCH;
    while (expired === BATCH) expired = await this.engine((tx) => this.store.expire(tx, BATCH));
    for (;;) {
      const [ids, now] = await this.engine((tx) => Promise.all([this.store.toRemove(tx, BATCH), tx.now()]));
      // One that fails leaves the rest to the next round.
      for (const id of ids) await this.storage.remove(id, now);
      await this.engine((tx) => this.store.removed(tx, ids));
      if (ids.length < BATCH) return;
    }
  }

  private engine<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    return this.database.transaction({ role: 'engine' }, work);
  }
}
