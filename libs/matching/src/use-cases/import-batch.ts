import { Injectable } from '@nestjs/common';
import type { BusinessStatus } from '@assent/accounts';
import { ImportOptIns } from '@assent/consent';
import { Database, Handles, KeyRing, LOOK_UPS, type Transaction } from '@assent/platform';
import { type BroughtOptIn, type ImportAnswer, planImport } from '../domain/import-plan.js';
import { ContactStore } from '../persistence/contact.store.js';
import { ImportAnswerStore } from '../persistence/import-answer.store.js';
import type { CheckedOptIn } from './import-input.js';
import type { UnfitStatus } from './match-contacts.js';

/** Most opt-ins of one transaction: while it runs, stops of its people wait. */
export const MOST_IN_BATCH = 1_000;
/** Each round sees more answers; only who brings in the same opt-ins from many sides at once needs a second one. */
const MOST_ROUNDS = 10;

/** What became of one opt-in. */
export interface ImportResult {
  correlationId: string;
  answer: ImportAnswer;
  replayed: boolean;
}

/** The answers of a batch in order, or what the business is that may not import. */
export type BatchOutcome = { results: ImportResult[] } | { unfit: UnfitStatus };

type Asked = Omit<BroughtOptIn, 'personId'> & { optIn: CheckedOptIn; contactId: string | undefined };

/** What every opt-in is answered of a business that may not import. */
export function unfitResults(optIns: readonly CheckedOptIn[], status: UnfitStatus): ImportResult[] {
  const answer = status === 'SUSPENDED' ? 'BUSINESS_SUSPENDED' : 'BUSINESS_NOT_VERIFIED';
  return optIns.map(({ correlationId }) => ({ correlationId, answer, replayed: false }));
}

/** Somebody else answered one of the correlation ids while this transaction ran. */
class AnsweredMeanwhile extends Error {}

/** Imports up to 1,000 opt-ins in one transaction: lock, load, decide, record. */
@Injectable()
export class ImportBatch {
  constructor(
    private readonly database: Database,
    private readonly keys: KeyRing,
    private readonly handles: Handles,
    private readonly contacts: ContactStore,
    private readonly answers: ImportAnswerStore,
    private readonly imports: ImportOptIns,
  ) {}

  /** @param also what else is to be done, or not, together with it */
  async execute(
    businessId: string,
    optIns: readonly CheckedOptIn[],
    also?: (tx: Transaction, outcome: BatchOutcome) => Promise<void>,
  ): Promise<BatchOutcome> {
    const asked = optIns.map((optIn) => this.asked(businessId, optIn));
    for (let round = 1; ; round++) {
      try {
        return await this.database.transaction(LOOK_UPS, async (tx) => {
          const outcome = await this.inOne(tx, businessId, asked);
          await also?.(tx, outcome);
          return outcome;
        });
      } catch (error) {
        if (!(error instanceof AnsweredMeanwhile) || round >= MOST_ROUNDS) throw error;
      }
    }
  }

  private asked(businessId: string, optIn: CheckedOptIn): Asked {
    const { correlationId, contact, purpose, givenAt, evidence } = optIn;
    const { kind, wordingHash } = evidence;
    const reference = evidence.reference ?? null;
    const body = [contact.id, contact.externalId, purpose, givenAt, kind, wordingHash, reference];
    // Both keyed: a plain hash of a short id would let a thief of the table guess it.
    return {
      optIn,
      contactId: this.handles.open(`business:${businessId}`, 'ctc', contact.id ?? ''),
      purpose,
      evidence: { kind, at: givenAt, wordingHash, reference },
      keyHash: this.keys.mac('import', `${businessId}\n${correlationId}`, 1).toString('hex'),
      bodyHash: this.keys.mac('import-body', JSON.stringify(body), 1).toString('hex'),
    };
  }

  private async inOne(tx: Transaction, businessId: string, asked: readonly Asked[]): Promise<BatchOutcome> {
    const status: BusinessStatus = await this.answers.statusOf(tx, businessId);
    if (status !== 'VERIFIED') return { unfit: status };

    const contactIds = asked.flatMap(({ contactId }) => contactId ?? []);
    const externalIds = asked.flatMap(({ optIn: { contact } }) => contact.externalId ?? []);
    const [byId, byExternalId] = await Promise.all([
      this.contacts.people(tx, businessId, [...new Set(contactIds)]),
      this.contacts.peopleByExternalId(tx, businessId, [...new Set(externalIds)]),
    ]);
    const people = new Map(
      [...byId, ...byExternalId.values()].map((person) => [person.contactId, person] as const),
    );
    // The lock goes first; who is still a contact, and what was answered, is read in statements behind it.
    const [guarded, still, earlier] = await Promise.all([
      this.imports.guard(tx, businessId, [...people.values()]),
      this.contacts.people(tx, businessId, [...people.keys()]),
      this.answers.earlier(
        tx,
        asked.map(({ keyHash }) => keyHash),
      ),
    ]);
    const personOf = new Map(still.map(({ contactId, personId }) => [contactId, personId]));
    const optIns = asked.map((one): BroughtOptIn => {
      const contactId =
        one.contactId ?? byExternalId.get(one.optIn.contact.externalId ?? '')?.contactId ?? '';
      return { ...one, personId: personOf.get(contactId) };
    });
    const facts = new Map([...guarded].map(([personId, person]) => [personId, person.facts]));
    const plans = planImport(optIns, facts, earlier);

    const first = optIns.flatMap((optIn, at) => (plans[at]?.first ? { ...optIn, ...plans[at] } : []));
    const accepted = first.flatMap(({ answer, personId, ...optIn }) => {
      const person = guarded.get(personId ?? '');
      return answer === 'IMPORTED' && person ? { ...optIn, person } : [];
    });
    const [, kept] = await Promise.all([
      this.imports.record(tx, businessId, accepted),
      this.answers.keep(tx, first),
    ]);
    if (!kept) throw new AnsweredMeanwhile();
    return {
      results: asked.map(({ optIn: { correlationId } }, at) => {
        const { answer = 'CONTACT_UNKNOWN', replayed = false } = plans[at] ?? {};
        return { correlationId, answer, replayed };
      }),
    };
  }
}
