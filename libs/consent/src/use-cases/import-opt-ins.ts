import { Injectable } from '@nestjs/common';
import { type PersonKey, type Transaction, uuid7 } from '@assent/platform';
import type { ConsentRecord } from '../domain/consent-event.js';
import type { ImportedOptIn } from '../domain/decide-import.js';
import type { ConsentFacts } from '../domain/judge-consent.js';
import { type Addition, ConsentLedger, type LedgerEnd } from '../persistence/consent-ledger.js';
import { ConsentStore } from '../persistence/consent.store.js';
import { NoticeStore } from '../persistence/notice.store.js';

/** What an import is recorded as having come through. */
const SOURCE = 'import';

/** A person under their guard: what they said to the business and to all, and the end of their ledger. */
export interface GuardedPerson {
  end: LedgerEnd;
  facts: ConsentFacts;
}

/** An opt-in that was decided to count, of a person under their guard. */
export interface AcceptedOptIn extends ImportedOptIn {
  person: GuardedPerson;
}

/** Brings opt-ins that many people gave one business elsewhere into their ledgers: the halves before and after deciding. */
@Injectable()
export class ImportOptIns {
  constructor(
    private readonly ledger: ConsentLedger,
    private readonly consents: ConsentStore,
    private readonly notices: NoticeStore,
  ) {}

  /**
   * Locks people's guards and, in later statements, loads what is decided about: a stop that the lock waited for is seen.
   * In the role `engine`, one round trip. Nobody may be named twice.
   * @returns by the person's id, without those who are no more
   */
  async guard(
    tx: Transaction,
    businessId: string,
    people: readonly PersonKey[],
  ): Promise<Map<string, GuardedPerson>> {
    const encounters = people.map(({ lane, personId }) => ({ lane, personId, businessId }));
    const [ends, facts] = await Promise.all([
      this.ledger.lockAll(tx, people),
      this.consents.factsFor(tx, encounters),
    ]);
    return new Map(
      people.flatMap(({ personId }, at) => {
        const [end, said] = [ends.get(personId), facts[at]];
        return end && said ? [[personId, { end, facts: said }]] : [];
      }),
    );
  }

  /**
   * Records opt-ins in the ledgers and state of their people, in order, in the transaction that guards them, and tells the
   * people: once for each, since none is accepted while another stands.
   */
  async record(tx: Transaction, businessId: string, optIns: readonly AcceptedOptIn[]): Promise<void> {
    const additions = new Map<GuardedPerson, Addition & { records: ConsentRecord[] }>();
    for (const { person, purpose, evidence } of optIns) {
      const { end, facts } = person;
      const addition = additions.get(person) ?? { end, records: [] };
      additions.set(person, addition);
      addition.records.push({
        action: 'ALLOW',
        actor: 'BUSINESS',
        source: SOURCE,
        businessId,
        purpose,
        evidence,
        personId: end.personId,
        id: uuid7(facts.now.getTime()),
        seq: end.seq + addition.records.length + 1,
        at: facts.now,
        policyVersion: facts.policy.version,
      });
    }
    if (additions.size === 0) return;
    await this.ledger.append(tx, [...additions.values()]);
    const records = [...additions.values()].flatMap(({ end, records }) =>
      records.map((record) => ({ lane: end.lane, record })),
    );
    await this.notices.addAll(
      tx,
      records.map(({ lane, record }) => ({
        lane,
        personId: record.personId,
        kind: 'CONSENT_IMPORTED',
        businessId,
        purpose: record.purpose,
        referenceId: record.id,
        data: { evidence: record.evidence?.kind ?? '', givenAt: record.evidence?.at.toISOString() ?? '' },
        at: record.at,
      })),
    );
  }
}
