import { Injectable } from '@nestjs/common';
import { NotifyOwners } from '@assent/accounts';
import { Database, publicId, type Transaction } from '@assent/platform';
import type { DisabledBecause } from '../domain/endpoint.js';
import { HealthStore } from '../persistence/health.store.js';

const WHY: Record<DisabledBecause, string> = {
  FAILING: 'For five days every attempt to deliver an event to it has failed.',
  GONE: 'It answered with the HTTP status 410, which says that it is gone for good.',
};

/** Mails owners that an endpoint of theirs was disabled; for the worker. */
@Injectable()
export class TellOwners {
  constructor(
    private readonly database: Database,
    private readonly health: HealthStore,
    private readonly notify: NotifyOwners,
  ) {}

  /** Tells of all that are to be told of. One whose mail is refused is tried again after 5 minutes. */
  async execute(): Promise<void> {
    for (;;) {
      const endpoint = await this.asEngine((tx) => this.health.takeUntold(tx));
      if (!endpoint) return;
      await this.notify.deliver(endpoint.businessId, {
        subject: 'A webhook endpoint of yours was disabled',
        text:
          `The endpoint ${publicId('whk', endpoint.id)} of your business gets no events any more. ${WHY[endpoint.because]}\n\n` +
          'Once it works again, enable it with updateWebhookEndpoint: it goes on where it stopped, as far as 30 days back.',
      });
      await this.asEngine((tx) => this.health.told(tx, endpoint.id));
    }
  }

  private asEngine<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    return this.database.transaction({ role: 'engine' }, work);
  }
}
