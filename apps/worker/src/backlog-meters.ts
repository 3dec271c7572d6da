import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { MeasureBacklog } from '@assent/messaging';
import { Collectors } from '@assent/platform';
import { MeasureDeliveries } from '@assent/webhooks';

/** Shows how far a worker is behind. Each tells the same of the one database; take the greatest. */
@Injectable()
export class BacklogMeters implements OnApplicationBootstrap {
  constructor(
    private readonly collectors: Collectors,
    private readonly backlog: MeasureBacklog,
    private readonly deliveries: MeasureDeliveries,
  ) {}

  onApplicationBootstrap(): void {
    this.collectors.add('queues', () => this.backlog.execute());
    this.collectors.add('webhooks', () => this.deliveries.execute());
  }
}
