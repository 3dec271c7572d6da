import { Injectable } from '@nestjs/common';
import { type Transaction, uuid7 } from '@assent/platform';
import {
  APP,
  type ConsentChange,
  type ConsentRecord,
  standingAfter,
  stopOf,
} from '../domain/consent-event.js';
import { ConsentLedger } from '../persistence/consent-ledger.js';
import { NoticeStore } from '../persistence/notice.store.js';
import { PolicyStore } from '../persistence/policy.store.js';
import type { PersonKey } from '../persistence/sealed-event.js';
import { StopIntentStore } from '../persistence/stop-intent.store.js';
import { StopEffect } from './stop-effect.js';

/** The one way into the ledger: under the person's guard, first the stops under way, then what is new. */
@Injectable()
export class RecordConsent {
  constructor(
    private readonly ledger: ConsentLedger,
    private readonly intents: StopIntentStore,
    private readonly policies: PolicyStore,
    private readonly effect: StopEffect,
    private readonly notices: NoticeStore,
  ) {}

  /**
   * Records changes in a person's ledger and state and suppresses what they stop. Stops under way are finished
   * first, so an allowance that comes after a stop lifts it, even where that stop's own process died. A stop that the
   * person made elsewhere than in their app is confirmed there, unless the very same was in force already.
   * @param tx a transaction as the person
   * @returns what was recorded, in order; with `skipLocked`, undefined where somebody else holds the guard
   */
  async execute(
    tx: Transaction,
    person: PersonKey,
    changes: readonly ConsentChange[],
    skipLocked = false,
  ): Promise<ConsentRecord[] | undefined> {
    // Three statements in one round trip: whatever is read together with the lock is as of before it was granted.
    const [end, intents, { now, policy }] = await Promise.all([
      this.ledger.lock(tx, person, skipLocked),
      this.intents.all(tx, person),
      this.policies.inForce(tx),
    ]);
    if (!end && skipLocked) return undefined;
    if (!end) throw new Error('A person without a guard row');

    const finished = intents.map(({ id, businessId, subject, source }) => ({
      ...stopOf(businessId, subject),
      id,
      source,
      actor: 'PERSON' as const,
      evidence: null,
    }));
    const fresh = changes.map((change) => ({ ...change, id: uuid7(now.getTime()) }));
    const records = [...finished, ...fresh].map((change, at) => ({
      ...change,
      personId: person.personId,
      seq: end.seq + at + 1,
      at: now,
      policyVersion: policy.version,
    }));
    if (records.length === 0) return records;

    await this.ledger.append(tx, [{ end, records }]);
    await this.confirm(tx, person, records);
    for (const record of records) {
      const { businessId, subject, standing } = standingAfter(record);
      if (standing !== 'STOPPED') continue;
      await this.effect.suppress(tx, {
        lane: person.lane,
        personId: person.personId,
        businessId,
        subject,
        at: now,
      });
    }
    if (intents.length > 0) {
      await this.intents.remove(
        tx,
        person,
        intents.map(({ id }) => id),
      );
    }
    return records;
  }

  private async confirm(tx: Transaction, person: PersonKey, records: ConsentRecord[]): Promise<void> {
    const elsewhere = records.filter(
      ({ action, actor, source }) => action === 'STOP' && actor === 'PERSON' && source !== APP,
    );
    if (elsewhere.length === 0) return;
    const repeated = await this.ledger.repeated(
      tx,
      person,
      elsewhere.map(({ id }) => id),
    );
    for (const { id, businessId, purpose, source, at } of elsewhere) {
      if (repeated.has(id)) continue;
      await this.notices.add(tx, {
        lane: person.lane,
        personId: person.personId,
        kind: 'STOP_CONFIRMED',
        businessId,
        purpose,
        referenceId: id,
        data: { source },
        at,
      });
    }
  }
}
