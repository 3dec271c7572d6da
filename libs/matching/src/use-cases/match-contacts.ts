import { Injectable } from '@nestjs/common';
import { ApiMode, type BusinessStatus, type BusinessViewer } from '@assent/accounts';
import { type ConsentFacts, ConsentStore } from '@assent/consent';
import { numberInSandbox, parsePhone, PhoneIndex, type PhoneNumber, testNumberEnding } from '@assent/people';
import {
  BadInputError,
  Configuration,
  Database,
  inTurns,
  LOOK_UPS,
  parseInput,
  type Transaction,
} from '@assent/platform';
import { externalIdsToMove, toMatch } from '../domain/contact.js';
import { fitsBudget, type MatchLimits, matchLimits } from '../domain/match-budget.js';
import { type MatchOutcome, sortOut } from '../domain/matching.js';
import { ContactStore, type LookedFor } from '../persistence/contact.store.js';
import { MatchBudgetStore } from '../persistence/match-budget.store.js';
import { MatchMarks } from '../persistence/match-marks.js';
import { factsOf, ForeseeMatch } from './foresee-match.js';
import { strangers } from './strangers.js';
import { type MatchInput, matchSchema, MOST_TEST_NUMBERS } from './match-input.js';
import { TestPeople } from './test-people.js';

/** What became of one customer. */
export interface CustomerOutcome {
  externalId: string;
  outcome: MatchOutcome;
}

/** What a business is that may not match. */
export type UnfitStatus = Exclude<BusinessStatus, 'VERIFIED'>;

/** The answer to a call: one outcome for each customer in order, or why all of it was refused. */
export type MatchAnswer =
  | { results: CustomerOutcome[] }
  | { refused: 'BUSINESS'; status: UnfitStatus }
  | { refused: 'MATCH_BUDGET'; asked: number; limits: MatchLimits; retryAt: Date | null };

interface Asked extends LookedFor {
  mark: Buffer;
}

/** Of what is no number. */
const NOWHERE: Pick<Asked, 'indexes' | 'mark'> = { indexes: [], mark: Buffer.alloc(0) };

/** Finds out which of a business's customers it may reach, and makes those its contacts. */
@Injectable()
export class MatchContacts {
  constructor(
    private readonly database: Database,
    private readonly configuration: Configuration,
    private readonly index: PhoneIndex,
    private readonly marks: MatchMarks,
    private readonly budget: MatchBudgetStore,
    private readonly foresee: ForeseeMatch,
    private readonly contacts: ContactStore,
    private readonly consent: ConsentStore,
    private readonly testPeople: TestPeople,
  ) {}

  /**
   * Unknown numbers, people who do not allow it and people out of reach get the same answer by the same steps. In test
   * mode the numbers are those of the sandbox: the people behind test numbers, and nobody else.
   * @throws BadInputError
   */
  async execute({ businessId, mode }: BusinessViewer, input: MatchInput): Promise<MatchAnswer> {
    const { customers, country } = parseInput(matchSchema, input);
    const read = await inTurns(customers, ({ externalId, phone, country: own }) => {
      const number = parsePhone(phone, own ?? country ?? undefined);
      const e164 = number?.e164;
      return {
        externalId,
        number,
        e164,
        ...(e164 === undefined ? NOWHERE : this.places(businessId, mode, e164)),
      };
    });
    const { outcomes, asked: lookedFor } = sortOut(read);
    const testPeople =
      mode === ApiMode.TEST ? await this.testPeople.appear(businessId, testNumbers(read)) : [];
    const refusal = await this.database.transaction(LOOK_UPS, (tx) => this.match(tx, businessId, lookedFor));
    if (refusal) return refusal;
    if (testPeople.length > 0) await this.testPeople.settle(businessId, testPeople);
    return {
      results: read.map(({ externalId }, at) => ({
        externalId,
        outcome: outcomes[at] ?? 'INVALID_NUMBER',
      })),
    };
  }

  /** Where a number may stand in the directory, and its mark in the budget of a business. */
  private places(businessId: string, mode: ApiMode, e164: string): Pick<Asked, 'indexes' | 'mark'> {
    const indexed = mode === ApiMode.TEST ? numberInSandbox(e164, businessId) : e164;
    return { indexes: this.index.everyVersion(indexed), mark: this.marks.of(businessId, e164) };
  }

  /**
   * Lock, load, decide, record: first on the budget of the business, then on the people who were found. Numbers are looked for
   * before, as calls of a business take turns, and that is half of what a call needs to know.
   */
  private async match(
    tx: Transaction,
    businessId: string,
    asked: readonly Asked[],
  ): Promise<Exclude<MatchAnswer, { results: unknown }> | undefined> {
    const marks = Buffer.concat(asked.map(({ mark }) => mark));
    const [owners, business, firstUse] = await Promise.all([
      this.contacts.find(tx, asked),
      this.budget.lock(tx, businessId),
      this.budget.use(tx, businessId, marks),
    ]);
    const { status } = business;
    if (status !== 'VERIFIED') return { refused: 'BUSINESS', status };

    const limits = matchLimits(business, this.configuration.settings, firstUse.now);
    let use = firstUse;
    while (use.backlog && !fitsBudget(asked.length, factsOf(use, limits))) {
      use = await this.budget.use(tx, businessId, marks);
    }
    if (!fitsBudget(asked.length, factsOf(use, limits))) {
      const call = { businessId, business, marks, asked: asked.length };
      const retryAt = await this.foresee.retryAt(tx, call, use);
      return { refused: 'MATCH_BUDGET', asked: asked.length, limits, retryAt };
    }
    const [, found, facts] = await Promise.all([
      this.budget.spend(tx, businessId, marks, use),
      this.contacts.known(tx, businessId, owners),
      this.consentsOf(tx, businessId, [...owners, ...strangers(asked, owners.length)]),
    ]);
    const willing = toMatch(found, facts);
    // Only people who are about to become contacts are locked: waiting for anyone else would tell that they are here.
    const [here, factsNow] = await Promise.all([
      this.contacts.lockPeople(tx, willing),
      this.consentsOf(tx, businessId, willing),
    ]);
    const locked = new Set(here.map(({ personId }) => personId));
    const people = toMatch(willing, factsNow).filter(({ personId }) => locked.has(personId));
    await this.contacts.write(tx, businessId, externalIdsToMove(asked, found), people, use.now);
    return undefined;
  }

  /** In the order of the people. */
  private consentsOf(
    tx: Transaction,
    businessId: string,
    people: readonly { lane: number; personId: string }[],
  ): Promise<ConsentFacts[]> {
    return this.consent.factsFor(
      tx,
      people.map(({ lane, personId }) => ({ lane, personId, businessId })),
    );
  }
}

/** The test numbers among what was asked for, each once. @throws BadInputError where they are too many */
function testNumbers(customers: readonly { number: PhoneNumber | undefined }[]): PhoneNumber[] {
  const found = new Map<string, PhoneNumber>();
  for (const { number } of customers) {
    if (number && testNumberEnding(number.e164) !== undefined) found.set(number.e164, number);
  }
  if (found.size > MOST_TEST_NUMBERS) {
    const rule = `must have at most ${MOST_TEST_NUMBERS} test numbers`;
    throw new BadInputError([{ field: 'input.customers', rule }]);
  }
  return [...found.values()];
}
