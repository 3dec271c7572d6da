import { Injectable } from '@nestjs/common';
import { type PersonKey, type Transaction, uuid7 } from '@assent/platform';
import {
  APP,
  type ConsentChange,
  type ConsentRecord,
  type ScopedAction,
  standingAfter,
  stopOf,
} from '../domain/consent-event.js';
import type { ConsentFact } from '../domain/consent-fact.js';
import { ConsentLedger } from '../persistence/consent-ledger.js';
import { ConsentStore } from '../persistence/consent.store.js';
import { NoticeStore } from '../persistence/notice.store.js';
import { PolicyStore } from '../persistence/policy.store.js';
import { StopIntentStore } from '../persistence/stop-intent.store.js';
import { ConsentTeller } from './consent-teller.js';
import { StopEffect } from './stop-effect.js';

/** An entry of the ledger, as it was made. */
export interface MadeRecord extends ConsentRecord {
  /** It is a stop, and the very same was in force already. */
  repeats: boolean;
}

/** The one way into the ledger: under the person's guard, first the stops under way, then what is new. */
@Injectable()
export class RecordConsent {
  constructor(
    private readonly ledger: ConsentLedger,
    private readonly consents: ConsentStore,
    private readonly intents: StopIntentStore,
    private readonly policies: PolicyStore,
    private readonly effect: StopEffect,
    private readonly notices: NoticeStore,
    private readonly teller: ConsentTeller,
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
  ): Promise<MadeRecord[] | undefined> {
    // Statements of one round trip: whatever is read together with the lock is as of before it was granted.
    const [end, intents, stopped, { now, policy }] = await Promise.all([
      this.ledger.lock(tx, person, skipLocked),
      this.intents.all(tx, person),
      this.consents.stopped(tx, person),
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
    const standing = new Set(stopped.map(scopeKey));
    const records = [...finished, ...fresh].map((change, at) => ({
      ...change,
      personId: person.personId,
      seq: end.seq + at + 1,
      at: now,
      policyVersion: policy.version,
      repeats: repeats(change, standing),
    }));
    if (records.length === 0) return records;

    // One round trip, in this order, but for what hangs on an answer: while it lasts, the person's messages wait.
    await Promise.all([
      this.ledger.append(tx, [{ end, records }]),
      this.confirm(tx, person, records),
      this.tell(tx, person, records),
      ...records.map((record) => this.suppress(tx, person, record)),
      this.intents.remove(
        tx,
        person,
        intents.map(({ id }) => id),
      ),
    ]);
    return records;
  }

  private async tell(tx: Transaction, person: PersonKey, records: MadeRecord[]): Promise<void> {
    const told = records.filter(({ businessId, repeats }) => businessId !== null && !repeats);
    if (told.length > 0) await this.teller.tell(tx, person, told);
  }

  private async suppress(tx: Transaction, { lane, personId }: PersonKey, record: MadeRecord): Promise<void> {
    const { businessId, subject, standing } = standingAfter(record);
    if (standing !== 'STOPPED') return;
    await this.effect.suppress(tx, { lane, personId, businessId, subject, at: record.at });
  }

  private async confirm(
    tx: Transaction,
    { lane, personId }: PersonKey,
    records: MadeRecord[],
  ): Promise<void> {
    for (const { action, actor, repeats, id, businessId, purpose, source, at } of records) {
      if (action !== 'STOP' || actor !== 'PERSON' || source === APP || repeats) continue;
      await this.notices.add(tx, {
        lane,
        personId,
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

function scopeKey({ businessId, subject }: Pick<ConsentFact, 'businessId' | 'subject'>): string {
  return `${businessId}/${subject}`;
}

/** Whether a change stops what stands stopped; `standing` is brought up to it. */
function repeats(change: ScopedAction, standing: Set<string>): boolean {
  const after = standingAfter(change);
  const key = scopeKey(after);
  if (after.standing !== 'STOPPED') {
    standing.delete(key);
    return false;
  }
  const isRepeated = standing.has(key);
  standing.add(key);
  return isRepeated;
}
