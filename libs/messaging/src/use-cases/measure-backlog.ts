import { Injectable } from '@nestjs/common';
import { Gauge } from '@assent/platform';
import { BacklogStore } from '../persistence/backlog.store.js';

const due = new Gauge('assent_queue_due', 'What is due and not done yet, counted as far as 10,000.', [
  'queue',
]);
const oldest = new Gauge('assent_queue_oldest_due_seconds', 'For how long the oldest of it has been due.', [
  'queue',
]);

/** Reads how far dispatch and hand-offs are behind, for whoever scrapes a worker. */
@Injectable()
export class MeasureBacklog {
  constructor(private readonly backlog: BacklogStore) {}

  async execute(): Promise<void> {
    for (const each of await this.backlog.read()) {
      due.set(each.due, each.queue);
      oldest.set(each.oldestSeconds, each.queue);
    }
  }
}
