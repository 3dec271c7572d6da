import { Injectable } from '@nestjs/common';
import { Database, Gauge } from '@assent/platform';
import { DeliveryStore } from '../persistence/delivery.store.js';

const due = new Gauge(
  'assent_webhooks_under_way',
  'Deliveries that nobody has taken yet, counted as far as 10,000.',
);

/** A count is worth no more of the database's time than this. */
const MOST_COUNTED = 10_000;

/** Reads how much is on its way to endpoints, for whoever scrapes a worker. */
@Injectable()
export class MeasureDeliveries {
  constructor(
    private readonly database: Database,
    private readonly deliveries: DeliveryStore,
  ) {}

  async execute(): Promise<void> {
    due.set(
      await this.database.transaction({ role: 'engine' }, (tx) => this.deliveries.underWay(tx, MOST_COUNTED)),
    );
  }
}
