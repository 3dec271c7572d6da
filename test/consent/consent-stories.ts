import {
  type ConsentChange,
  ConsentStore,
  decideImport,
  type ImportDecision,
  ImportOptIns,
  judgeConsent,
  LiftStop,
  RecordConsent,
  RecordStop,
} from '@assent/consent';
import { Database, parsePublicId, type Statement, type Transaction } from '@assent/platform';
import { aBusiness } from '../support/builders/accounts.js';
import { aCrowd, type CrowdMember } from '../support/builders/crowd.js';
import { EVERY_OTHER, publishPolicy } from '../support/builders/policy.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';
import type { Step, Story } from './consent-sequences.js';
import { clockAt, now } from './policy-clock.js';
import { type Purpose, PURPOSES, ReferencePerson, type Rules, type Word } from './reference-model.js';

const DAY_MS = 86_400_000;
/** People of one transaction. */
const TOGETHER = 100;

/** Where ledger or state told otherwise than the reference, for one person. */
export interface Disagreement {
  steps: Step[];
  after: string;
  question: string;
  reference: string;
  platform: string;
}

type Decide = typeof decideImport;

interface Protagonist {
  member: CrowdMember;
  steps: Step[];
  reference: ReferencePerson;
}

/** Plays what happens to thousands of people on the platform and for the reference, and compares what both answer. */
export class ConsentStories {
  private constructor(
    readonly platform: TestPlatform,
    private readonly businesses: [string, string],
  ) {}

  static async start(): Promise<ConsentStories> {
    const platform = await startPlatform({}, { worker: false });
    const ids: string[] = [];
    for (let at = 0; at < 2; at++) ids.push(parsePublicId('biz', (await aBusiness(platform)).id) ?? '');
    return new ConsentStories(platform, ids as [string, string]);
  }

  /**
   * Plays a story with one new person for each sequence.
   * @param decide how it is decided whether an imported opt-in counts
   */
  async play(story: Story, sequences: Step[][], decide: Decide = decideImport): Promise<Disagreement[]> {
    const members = await aCrowd(this.platform, sequences.length);
    const people = members.map((member, at): Protagonist => ({
      member,
      steps: sequences[at]!,
      reference: new ReferencePerson(),
    }));
    const beginning = await now(this.platform);
    const found: Disagreement[] = [];
    let time = beginning;
    const times = [0, ...story.gaps].map((days) => (time = new Date(time.getTime() + days * DAY_MS)));
    try {
      await clockAt(this.platform, beginning);
      for (const { from, rules } of story.versions) await this.publish(rules, times[from]!);
      for (const [moment, at] of times.entries()) {
        await clockAt(this.platform, at);
        const rules = rulesAt(story, moment);
        await this.act(people, moment, at, rules, decide);
        found.push(...(await this.compareState(people, at, rules)));
      }
      found.push(...(await this.compareLedger(people, times.at(-1)!, rulesAt(story, times.length - 1))));
    } finally {
      await clockAt(this.platform, beginning);
    }
    return found;
  }

  private async publish(rules: Partial<Rules>, effectiveAt: Date): Promise<void> {
    const purposes = Object.entries(rules).map(([purpose, rule]) => ({ purpose, ...rule }));
    const { __typename, message } = await publishPolicy(
      this.platform.admin(),
      [{ country: 'DE', purposes }],
      { effectiveAt: effectiveAt.toISOString() },
    );
    if (__typename !== 'PublishConsentPolicyPayload') throw new Error(message);
  }

  /** Everybody does what they do at a moment, each in their order. */
  private async act(
    people: Protagonist[],
    moment: number,
    at: Date,
    rules: Rules,
    decide: Decide,
  ): Promise<void> {
    const active = people.filter(({ steps }) => steps.some((step) => step.moment === moment));
    for (const { steps, reference } of active) {
      for (const step of steps) {
        if (step.moment === moment) reference.hear(this.asAct(step, at), at, rules);
      }
    }
    const database = this.platform.app.get(Database, { strict: false });
    for (let from = 0; from < active.length; from += TOGETHER) {
      await database.transaction({ role: 'engine' }, async (tx) => {
        await Promise.all(
          active.slice(from, from + TOGETHER).map(async ({ member, steps }) => {
            const due = steps.filter((step) => step.moment === moment);
            for (const step of due) await this.perform(tx, member, step, at, decide);
          }),
        );
      });
    }
  }

  private asAct(step: Step, at: Date): Parameters<ReferencePerson['hear']>[0] {
    const { act, business, purpose, evidence, givenDaysAgo } = step;
    const where = { business: business === null ? null : this.businesses[business], purpose };
    const givenAt = new Date(at.getTime() - givenDaysAgo * DAY_MS);
    return { act, ...where, evidence, givenAt } as Parameters<ReferencePerson['hear']>[0];
  }

  /** The same, by the platform's own use cases. */
  private async perform(
    tx: Transaction,
    person: CrowdMember,
    step: Step,
    at: Date,
    decide: Decide,
  ): Promise<void> {
    const { act, business, purpose, actor, source } = step;
    const { app } = this.platform;
    const scope = { businessId: business === null ? null : this.businesses[business], purpose };
    if (act === 'LIFT') {
      await inside(app.get(LiftStop, { strict: false }), tx).execute(person, scope, source);
    } else if (act === 'IMPORT') {
      await this.bringIn(tx, person, step, at, decide);
    } else if ((act === 'STOP' || act === 'BLOCK') && actor === 'PERSON' && source !== 'app') {
      const stops = inside(app.get(RecordStop, { strict: false }), tx);
      await stops.execute(person, { action: act, ...scope }, source);
    } else {
      const by = act === 'STOP' || act === 'BLOCK' ? actor : 'PERSON';
      const change: ConsentChange = { action: act, ...scope, actor: by, source: 'app', evidence: null };
      await app.get(RecordConsent, { strict: false }).execute(tx, person, [change]);
    }
  }

  private async bringIn(
    tx: Transaction,
    person: CrowdMember,
    step: Step,
    at: Date,
    decide: Decide,
  ): Promise<void> {
    const imports = this.platform.app.get(ImportOptIns, { strict: false });
    const businessId = this.businesses[step.business ?? 0];
    const guarded = (await imports.guard(tx, businessId, [person])).get(person.personId);
    if (!guarded) throw new Error('A person was not found');
    const optIn = {
      purpose: step.purpose as Exclude<Purpose, 'MATCHING'>,
      evidence: {
        kind: step.evidence,
        at: new Date(at.getTime() - step.givenDaysAgo * DAY_MS),
        wordingHash: '00'.repeat(32),
        reference: null,
      },
    };
    const decision: ImportDecision = decide(optIn, guarded.facts);
    if (decision === 'IMPORTED') await imports.record(tx, businessId, [{ ...optIn, person: guarded }]);
  }

  /** What is decided by the state, as sending decides it. */
  private async compareState(people: Protagonist[], at: Date, rules: Rules): Promise<Disagreement[]> {
    const { app } = this.platform;
    const encounters = people.flatMap(({ member: { lane, personId } }) =>
      this.businesses.map((businessId) => ({ lane, personId, businessId })),
    );
    const facts = await app
      .get(Database, { strict: false })
      .transaction({ role: 'engine' }, (tx) =>
        app.get(ConsentStore, { strict: false }).factsFor(tx, encounters),
      );
    return people.flatMap((person, nr) =>
      this.questions((business, purpose) => {
        const known = facts[2 * nr + this.businesses.indexOf(business)];
        if (!known) throw new Error('No facts');
        return {
          reference: person.reference.answer(business, purpose, at, rules),
          platform: judgeConsent(purpose, known).rule,
        };
      }).map((found) => ({ ...found, steps: person.steps, after: `state at ${at.toISOString()}` })),
    );
  }

  /** What the ledger alone leads to, told to the reference once more. */
  private async compareLedger(people: Protagonist[], at: Date, rules: Rules): Promise<Disagreement[]> {
    const events = await this.platform.database.sql<EventRow>(
      `SELECT person_id, action, business_id, purpose, coalesce(evidence_at, at) AS from FROM consent_event
        WHERE person_id = ANY ($1) ORDER BY person_id, seq`,
      [people.map(({ member }) => member.personId)],
    );
    const retold = new Map(people.map(({ member }) => [member.personId, new ReferencePerson()]));
    for (const { person_id, action: act, business_id: business, purpose, from } of events) {
      retold.get(person_id)?.say({ act, business, purpose, from });
    }
    return people.flatMap(({ member, steps, reference }) =>
      this.questions((business, purpose) => ({
        reference: reference.answer(business, purpose, at, rules),
        platform: retold.get(member.personId)?.answer(business, purpose, at, rules) ?? '',
      })).map((found) => ({ ...found, steps, after: 'ledger' })),
    );
  }

  private questions(
    ask: (business: string, purpose: Purpose) => { reference: string; platform: string },
  ): { question: string; reference: string; platform: string }[] {
    return this.businesses.flatMap((business, nr) =>
      PURPOSES.map((purpose) => ({
        question: `${purpose} of business ${nr}`,
        ...ask(business, purpose),
      })).filter(({ reference, platform }) => reference !== platform),
    );
  }
}

interface EventRow {
  person_id: string;
  action: Word['act'];
  business_id: string | null;
  purpose: Purpose | null;
  from: Date;
}

/**
 * The rules in force: of the version published last among those whose time has come, which may be that of a later moment
 * where no day lies between.
 */
function rulesAt({ gaps, versions }: Story, moment: number): Rules {
  const next = gaps.findIndex((days, at) => at >= moment && days > 0);
  const inForce = versions.findLast(({ from }) => from <= (next < 0 ? gaps.length : next));
  const every = EVERY_OTHER.purposes.map(({ purpose, basis }) => [
    purpose,
    { basis, validDays: null, evidence: [] },
  ]);
  return { ...(Object.fromEntries(every) as Rules), ...inForce?.rules };
}

/** A use case, within a transaction rather than in one of its own, so that its last statement is not the last one. */
function inside<UseCase extends object>(useCase: UseCase, tx: Transaction): UseCase {
  const part = Object.assign(Object.create(tx) as Transaction, {
    finish: (statement: Statement) => tx.rows(statement),
  });
  const database = { transaction: (_: unknown, work: (tx: Transaction) => Promise<unknown>) => work(part) };
  return Object.assign(Object.create(useCase) as UseCase, { database });
}
