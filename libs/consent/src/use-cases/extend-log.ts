import { Injectable } from '@nestjs/common';
import { growLog, MOST_LEAVES, type WaitingEntries } from '@assent/ledger';
import { Database, Hints, type Transaction } from '@assent/platform';
import { ConsentLogStore } from '../persistence/consent-log.store.js';
import { leafHash } from '../persistence/log-hashes.js';
import { LogSigner } from '../persistence/log-signer.js';

/** Gives committed events their leaves in the consent log, and signs its checkpoints; for the worker. */
@Injectable()
export class ExtendLog {
  constructor(
    private readonly database: Database,
    private readonly store: ConsentLogStore,
    private readonly signer: LogSigner,
    private readonly hints: Hints,
  ) {}

  /**
   * One round: up to 2,000 events, and a checkpoint where the log grew and the last one is a second old. Any number of
   * workers may call it at a time; one does it, the others return at once.
   * @returns whether more may be waiting
   */
  async execute(): Promise<boolean> {
    const { more, signed } = await this.database.transaction({ role: 'engine' }, (tx) =>
      growLog(tx, { log: this.store, signer: this.signer }, () => this.waiting(tx)),
    );
    if (signed) this.hints.send(['consent-log']);
    return more;
  }

  private async waiting(tx: Transaction): Promise<WaitingEntries> {
    const queue = await this.store.queued(tx, MOST_LEAVES);
    const events = queue.flatMap(({ lane, event }) => (event ? [{ lane, event }] : []));
    return {
      length: queue.length,
      leaves: events.map(({ event }) => leafHash(event)),
      settle: (first) => [
        this.store.place(
          tx,
          events.map(({ lane, event: { personId, id } }, at) => ({ lane, personId, id, leaf: first + at })),
        ),
        this.store.unqueue(tx, queue),
      ],
    };
  }
}
