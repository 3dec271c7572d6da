import { Injectable } from '@nestjs/common';
import type { PersonKey, Transaction } from '@assent/platform';
import type { ConsentScope } from '../domain/consent-fact.js';
import { undoOf } from '../domain/undo-stop.js';
import { ConsentLedger } from '../persistence/consent-ledger.js';
import { RecordConsent } from './record-consent.js';

/** The person says that what was taken for a stop was none. Nobody else can say so. */
@Injectable()
export class UndoMistakenStop {
  constructor(
    private readonly ledger: ConsentLedger,
    private readonly record: RecordConsent,
  ) {}

  /**
   * Takes back the stops of a source that are the last word in this scope, so that what stood before them stands again:
   * an opt-in with the term that it had. A stop that the person made otherwise stays. Takes the person's guard.
   * @param tx a transaction as the person
   * @param mistaken source of the stops
   * @param source what the person's word comes through; 1 to 60 characters
   */
  async execute(
    tx: Transaction,
    person: PersonKey,
    scope: ConsentScope,
    mistaken: string,
    source: string,
  ): Promise<void> {
    // Takes the guard and finishes the stops under way, so what is read next is all that was said.
    await this.record.execute(tx, person, []);
    const [last, before] = await Promise.all([
      this.ledger.newestOf(tx, person, scope),
      this.ledger.newestOf(tx, person, scope, mistaken),
    ]);
    const changes = undoOf(scope, mistaken, last, before, source);
    if (changes.length > 0) await this.record.execute(tx, person, changes);
  }
}
