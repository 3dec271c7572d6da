import { Inject, Injectable } from '@nestjs/common';
import { Configuration, Database, LOGGER, type PersonKey, type Transaction } from '@assent/platform';
import type { Logger } from 'pino';
import { type AlarmKind, type Difference, LedgerReplay } from '../domain/replay-ledger.js';
import { LedgerCheckStore } from '../persistence/ledger-check.store.js';
import { entryHash, leafHash } from '../persistence/log-hashes.js';

const LEAVES = 500;
const PERSONS = 100;
const ENTRIES = 1_000;
const HOUR_MS = 60 * 60_000;

/** What a check came to. */
export interface CheckReport {
  persons: number;
  /** How many new alarms there are of each kind. */
  alarms: Partial<Record<AlarmKind, number>>;
}

interface Step extends CheckReport {
  /** There is more to do in this round. */
  more: boolean;
}

/**
 * The double check: derives people's state anew from their ledgers and compares it with what decisions read, with the hashes
 * of the chain, and with the leaves of the log. Whatever differs raises an alarm for the operator's staff.
 */
@Injectable()
export class CheckLedger {
  private readonly everyMs: number;
  private readonly sample: number;

  constructor(
    private readonly database: Database,
    private readonly store: LedgerCheckStore,
    { settings }: Configuration,
    @Inject(LOGGER) private readonly log: Logger,
  ) {
    this.everyMs = settings.LEDGER_CHECK_HOURS * HOUR_MS;
    this.sample = settings.LEDGER_CHECK_SAMPLE;
  }

  /**
   * One round, where one is due: everybody whose ledger has grown since the last one, found by the leaves of the log, and a
   * random sample of all. In short transactions, each of which notes how far it is; so a round goes on where the last one
   * was broken off, and of any number of workers one does it.
   * @returns undefined where none is due, or somebody else is at it
   */
  async execute({ due = false, stopping }: { due?: boolean; stopping?: AbortSignal } = {}): Promise<
    CheckReport | undefined
  > {
    let report: CheckReport | undefined;
    let sampled = 0;
    for (let more = true; more && !stopping?.aborted;) {
      const step = await this.engine((tx) => this.step(tx, due || report !== undefined, sampled));
      if (!step) break;
      if (step.sampled) sampled += PERSONS;
      report = {
        persons: (report?.persons ?? 0) + step.persons,
        alarms: sum(report?.alarms ?? {}, step.alarms),
      };
      more = step.more;
    }
    if (report && Object.keys(report.alarms).length > 0) {
      this.log.error(
        { ...report },
        'The double check of the consent ledger found differences: see consentAlarms',
      );
    }
    return report;
  }

  private async step(
    tx: Transaction,
    due: boolean,
    sampled: number,
  ): Promise<(Step & { sampled: boolean }) | undefined> {
    if (!(await this.store.takeTurn(tx))) return undefined;
    const [progress, now] = await Promise.all([this.store.progress(tx, this.everyMs), tx.now()]);
    if (!due && !progress.due) return undefined;
    const fresh = await this.store.personsFrom(tx, progress.nextLeaf, LEAVES);
    const isSample = fresh.persons.length === 0;
    const persons = isSample
      ? await this.store.personsSomewhere(tx, Math.min(PERSONS, this.sample - sampled), now)
      : fresh.persons;
    let alarms: CheckReport['alarms'] = {};
    for (const person of persons) {
      const differences = await this.check(tx, person);
      if (differences.length === 0) continue;
      for (const kind of await this.store.raise(tx, person, differences, now))
        alarms = sum(alarms, { [kind]: 1 });
    }
    const more = !isSample || sampled + PERSONS < this.sample;
    await this.store.proceed(tx, {
      nextLeaf: fresh.nextLeaf,
      persons: persons.length,
      alarms: Object.values(alarms).reduce((all, count) => all + count, 0),
      ended: !more,
    });
    return { persons: persons.length, alarms, more, sampled: isSample };
  }

  /**
   * What differs of one person. No lock is held, so nobody's messages wait for this: the end of the ledger and the state are
   * read as of one moment, and the entries up to there never change.
   */
  private async check(tx: Transaction, person: PersonKey): Promise<Difference[]> {
    const sides = await this.store.sides(tx, person);
    if (!sides) return [];
    const replay = new LedgerReplay();
    for (let seq = 0, more = true; more;) {
      const entries = await this.store.entries(tx, person, { from: seq + 1, to: sides.seq }, ENTRIES);
      for (const { event, leaf } of entries) {
        replay.take({
          record: event,
          previousHash: event.previousHash?.toString('hex') ?? null,
          hash: event.hash.toString('hex'),
          expectedHash: entryHash(event.previousHash, event.salt, event).toString('hex'),
          leafHash: leaf?.toString('hex') ?? null,
          expectedLeafHash: leafHash(event).toString('hex'),
        });
      }
      seq = entries.at(-1)?.event.seq ?? seq;
      more = entries.length === ENTRIES;
    }
    const end = { seq: sides.seq, head: sides.head?.toString('hex') ?? null };
    const differences = replay.finish(end, sides.state, await this.store.leafWithoutEntry(tx, person));
    // Whoever was erased meanwhile has no ledger any more, and that is as it should be.
    return differences.length === 0 || (await this.store.sides(tx, person)) ? differences : [];
  }

  private engine<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    return this.database.transaction({ role: 'engine' }, work);
  }
}

function sum(one: CheckReport['alarms'], other: CheckReport['alarms']): CheckReport['alarms'] {
  const kinds = Object.keys({ ...one, ...other }) as AlarmKind[];
  return Object.fromEntries(kinds.map((kind) => [kind, (one[kind] ?? 0) + (other[kind] ?? 0)]));
}
