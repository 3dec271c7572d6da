import { Injectable } from '@nestjs/common';
import { Database, Hints, type PersonKey, type Transaction } from '@assent/platform';
import { type ConsentRecord, standingAfter } from '../domain/consent-event.js';
import type { ConsentScope } from '../domain/consent-fact.js';
import { ConsentLedger } from '../persistence/consent-ledger.js';
import { StopIntentStore } from '../persistence/stop-intent.store.js';
import { RecordConsent } from './record-consent.js';

/** A stop as it was recorded. */
export interface RecordedStop {
  record: ConsentRecord;
  /** The very same was in force already: nothing changed, and nothing is to be confirmed. */
  wasStanding: boolean;
}

/** A person's stop, whatever it came through. */
@Injectable()
export class RecordStop {
  constructor(
    private readonly database: Database,
    private readonly ledger: ConsentLedger,
    private readonly intents: StopIntentStore,
    private readonly record: RecordConsent,
    private readonly hints: Hints,
  ) {}

  /**
   * When it returns, the stop holds. The intent commits first, without waiting for any lock: from then on every decision
   * refuses, so the second transaction waits for the person's guard only as long as those already under way. Its commit
   * is the stop. Should this process die between the two, CompleteStops does the second.
   * @param source what it came through; 1 to 60 characters
   */
  async execute(
    person: PersonKey,
    stop: ConsentScope & { action?: 'STOP' | 'BLOCK' },
    source: string,
  ): Promise<RecordedStop> {
    const [recorded] = await this.all(person, [stop], source);
    if (!recorded) throw new Error('A stop was not recorded');
    return recorded;
  }

  /** Several stops of one person: all of them hold, or none does. In their order. */
  async all(
    person: PersonKey,
    stops: readonly (ConsentScope & { action?: 'STOP' | 'BLOCK' })[],
    source: string,
  ): Promise<RecordedStop[]> {
    const as = { role: 'person', personId: person.personId } as const;
    const intents = stops.map(({ action = 'STOP', ...scope }) => {
      const { businessId, subject } = standingAfter({ action, ...scope });
      return { businessId, subject, source };
    });
    this.hints.send(['stops']); // dispatch stands back for this one, if the hint is in time, and for those behind it
    const ids = await this.database.transaction(as, (tx) => this.intents.add(tx, person, intents));
    return this.database.transaction(as, async (tx) => {
      const recorded = (await this.record.execute(tx, person, [])) ?? [];
      return Promise.all(
        ids.map(async (id) => {
          const made = recorded.find((record) => record.id === id);
          return made ? { record: made, wasStanding: made.repeats } : this.finishedElsewhere(tx, person, id);
        }),
      );
    });
  }

  /** Whoever had the guard before has finished this stop as well. */
  private async finishedElsewhere(tx: Transaction, person: PersonKey, id: string): Promise<RecordedStop> {
    const record = await this.ledger.event(tx, person, id);
    if (!record) throw new Error('A stop was not recorded');
    return { record, wasStanding: await this.ledger.repeats(tx, person, id) };
  }
}
