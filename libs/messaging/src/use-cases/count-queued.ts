import { Injectable } from '@nestjs/common';
import { Configuration, Database } from '@assent/platform';
import { QueueLevelStore } from '../persistence/queue-level.store.js';

/** Finds out which queues are full; for the worker, every few seconds. Any number of workers may. */
@Injectable()
export class CountQueued {
  constructor(
    private readonly configuration: Configuration,
    private readonly database: Database,
    private readonly store: QueueLevelStore,
  ) {}

  async execute(): Promise<void> {
    const { QUEUE_MOST_OF_ONE, QUEUE_MOST_OF_ALL } = this.configuration.settings;
    await this.database.transaction({ role: 'engine' }, (tx) =>
      this.store.count(tx, QUEUE_MOST_OF_ONE, QUEUE_MOST_OF_ALL),
    );
  }
}
