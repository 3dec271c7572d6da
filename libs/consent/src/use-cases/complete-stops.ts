import { Inject, Injectable } from '@nestjs/common';
import { Database, LOGGER } from '@assent/platform';
import type { Logger } from 'pino';
import { StopIntentStore, type Unfinished } from '../persistence/stop-intent.store.js';
import { RecordConsent } from './record-consent.js';

/** A stop that is younger is still being finished by the process that took it. */
const YOUNG_MS = 5_000;
/** A stop that is older waits for the guard like any other, lest a busy conversation keep it off for ever. */
const OLD_MS = 15_000;
const MOST_PERSONS = 100;

/** Finishes stops whose process died between their two transactions; for the worker, every second. */
@Injectable()
export class CompleteStops {
  constructor(
    private readonly database: Database,
    private readonly intents: StopIntentStore,
    private readonly record: RecordConsent,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  /** Up to 100 persons a call; any number of workers may call it at a time. @returns how many stops it finished */
  async execute(): Promise<number> {
    const unfinished = await this.database.transaction({ role: 'engine' }, (tx) =>
      this.intents.unfinished(tx, YOUNG_MS, MOST_PERSONS),
    );
    let finished = 0;
    for (const person of unfinished) finished += await this.finish(person);
    return finished;
  }

  private async finish(person: Unfinished): Promise<number> {
    const { personId, ageMs } = person;
    try {
      const records = await this.database.transaction({ role: 'person', personId }, (tx) =>
        this.record.execute(tx, person, [], ageMs < OLD_MS),
      );
      return records?.length ?? 0;
    } catch (error) {
      // The others' stops must not wait for this one; it is tried again in the next round.
      this.log.error({ err: error }, 'A stop could not be finished; every decision refuses meanwhile');
      return 0;
    }
  }
}
