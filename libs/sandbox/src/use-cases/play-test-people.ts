import { Injectable } from '@nestjs/common';
import { type ConsentChange, ConsentStore, RecordConsent, RecordStop } from '@assent/consent';
import { type TestPerson, TestPeople } from '@assent/matching';
import { ChangePreferences } from '@assent/messaging';
import { MakeTestPerson, PersonViewer, type PhoneNumber, testNumberEnding } from '@assent/people';
import { Database, type PersonKey } from '@assent/platform';
import { DAY_HOUR, NIGHT, NIGHT_HOUR, RENEWED_FOR_MS, zoneWhereItIs } from '../domain/test-hours.js';
import { type TestOutcome, testOutcome } from '../domain/test-outcomes.js';
import { PairDebtStore } from '../persistence/pair-debt.store.js';
import { inParallel } from './in-parallel.js';

/** Transactions of one call at a time. */
const AT_A_TIME = 4;
const SOURCE = 'app';

/** Makes the people behind test numbers, and lets them say and want what their numbers stand for, as a device would. */
@Injectable()
export class PlayTestPeople extends TestPeople {
  constructor(
    private readonly database: Database,
    private readonly make: MakeTestPerson,
    private readonly consents: ConsentStore,
    private readonly record: RecordConsent,
    private readonly stops: RecordStop,
    private readonly preferences: ChangePreferences,
    private readonly debts: PairDebtStore,
  ) {
    super();
  }

  async appear(sandboxId: string, numbers: readonly PhoneNumber[]): Promise<TestPerson[]> {
    const people: TestPerson[] = [];
    await inParallel(numbers, AT_A_TIME, async (number) => {
      const outcome = testOutcome(testNumberEnding(number.e164));
      const person = outcome && (await this.make.execute(sandboxId, number));
      if (!person) return;
      await this.optIn(sandboxId, person, outcome);
      people.push({ ...person, e164: number.e164 });
    });
    return people;
  }

  async settle(sandboxId: string, people: readonly TestPerson[]): Promise<void> {
    const now = await this.database.transaction({ role: 'gate' }, (tx) => tx.now());
    await inParallel(people, AT_A_TIME, async (person) => {
      const outcome = testOutcome(testNumberEnding(person.e164));
      if (!outcome) return;
      await this.say(sandboxId, person, outcome);
      await this.preferences.execute(viewerOf(person), wishesOf(outcome, now));
      if (!outcome.pairUsedUp) return;
      const tat = new Date(now.getTime() + RENEWED_FOR_MS);
      await this.database.transaction({ role: 'engine' }, (tx) =>
        this.debts.borrow(tx, person, sandboxId, tat),
      );
    });
  }

  /** Once: what they said since is theirs. */
  private async optIn(sandboxId: string, person: PersonKey, { optsIn }: TestOutcome): Promise<void> {
    await this.database.transaction({ role: 'person', personId: person.personId }, async (tx) => {
      if (await this.consents.lastWord(tx, person, sandboxId, 'MATCHING')) return;
      const changes = (['MATCHING', ...optsIn] as const).map((purpose): ConsentChange => {
        return {
          action: 'ALLOW',
          businessId: sandboxId,
          purpose,
          actor: 'PERSON',
          source: SOURCE,
          evidence: null,
        };
      });
      await this.record.execute(tx, person, changes);
    });
  }

  /** Once, too: a stop that this person has lifted since stays lifted. */
  private async say(businessId: string, person: PersonKey, { said }: TestOutcome): Promise<void> {
    if (!said) return;
    const purpose = said === 'STOP_MARKETING' ? 'MARKETING' : null;
    const subject = said === 'BLOCK' ? 'BLOCK' : 'EVERYTHING';
    const word = await this.database.transaction({ role: 'person', personId: person.personId }, (tx) =>
      this.consents.lastWord(tx, person, businessId, purpose ?? subject),
    );
    if (word && word.standing !== 'ALLOWED') return;
    const action = said === 'BLOCK' ? 'BLOCK' : 'STOP';
    await this.stops.execute(person, { action, businessId, purpose }, SOURCE);
  }
}

/** A person's own use cases ask who they are; no token is behind it. */
export function viewerOf({ lane, personId }: PersonKey): PersonViewer {
  return new PersonViewer(lane, personId, new Uint8Array());
}

/** It is day for all of them, but for those for whom it is night; so that the time of day never decides. */
function wishesOf({ wants }: TestOutcome, now: Date) {
  return {
    timeZone: zoneWhereItIs(wants === 'NIGHT' ? NIGHT_HOUR : DAY_HOUR, now),
    quietHours: wants === 'NIGHT' ? NIGHT : null,
    pausedUntil: wants === 'PAUSE' ? new Date(now.getTime() + RENEWED_FOR_MS) : null,
    marketingCap: typeof wants === 'object' ? wants.marketingCap : null,
  };
}
