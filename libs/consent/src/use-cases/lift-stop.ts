import { Injectable } from '@nestjs/common';
import { Database, type PersonKey } from '@assent/platform';
import { type ConsentRecord, standingAfter } from '../domain/consent-event.js';
import type { ConsentScope } from '../domain/consent-fact.js';
import { ConsentStore } from '../persistence/consent.store.js';
import { RecordConsent } from './record-consent.js';

/** A person takes a stop back, without opting in to anything. */
@Injectable()
export class LiftStop {
  constructor(
    private readonly database: Database,
    private readonly consents: ConsentStore,
    private readonly record: RecordConsent,
  ) {}

  /**
   * Lifts the stop of this very scope; others that cover it still hold.
   * @param source what the person's word came through; 1 to 60 characters
   * @returns undefined where no such stop stood: then nothing is recorded
   */
  async execute(person: PersonKey, scope: ConsentScope, source: string): Promise<ConsentRecord | undefined> {
    const change = { action: 'LIFT', ...scope, actor: 'PERSON', source, evidence: null } as const;
    const { businessId, subject } = standingAfter(change);
    return this.database.transaction({ role: 'person', personId: person.personId }, async (tx) => {
      // Takes the guard and finishes the stops under way, so what is read next is all that stands.
      await this.record.execute(tx, person, []);
      const fact = await this.consents.lastWord(tx, person, businessId, subject);
      if (fact?.standing !== 'STOPPED') return undefined;
      return (await this.record.execute(tx, person, [change]))?.at(-1);
    });
  }
}
