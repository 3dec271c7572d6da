import { performance } from 'node:perf_hooks';
import type { Logger } from 'pino';
import type { Configuration } from '../configuration/configuration.js';
import type { KeyRing } from '../keys/key-ring.js';
import { type Bucket, REFILL_MS, take, type Taking } from './budget.js';
import type { BudgetStore } from './budget.store.js';
import { RateLimited } from './rate-limited.js';
import type { Subject, SubjectKind } from './subject.js';

const SETTLE_MS = 25;
const AFTER_FAILURE_MS = 500;
/** What a process may take from a bucket before it hears of what others took: this part of it, or one operation. */
const UNSETTLED_SHARE = 1 / 20;
/** Subjects that a process remembers; at about 200 bytes each. */
const MOST_ENTRIES = 100_000;
const MOST_IN_ONE_STATEMENT = 5_000;

/** What a request took, and what is left. */
export interface Charge {
  requested: number;
  remaining: number;
  resetAt: Date;
}

interface Entry extends Bucket {
  subject: Buffer;
  /** Units that are on their way to the database; counted in `unsettled`, too. */
  underWay: number;
}

/**
 * Budgets of requests in units of cost per minute, shared by all processes through PostgreSQL without a round trip for each
 * request: a process takes from what it knows of a bucket, and every 25 ms tells the database what it took and hears what
 * all processes did, in one statement for all subjects.
 *
 * Of what others took, a process knows what had been settled when it last settled itself, and until it settles again it
 * takes at most a twentieth of the bucket, or one operation that is dearer. So however many requests race, all processes
 * together overdraw a bucket by at most that for each process but one; what is overdrawn is paid back before anything more
 * is allowed. One process alone is exact.
 */
export class RequestBudgets {
  private readonly entries = new Map<string, Entry>();
  private readonly dirty = new Set<Entry>();
  private readonly most: Record<SubjectKind, number>;
  /** The database's time less that of a clock of this process that nobody sets; before the first answer, as this process has it. */
  private ahead = Date.now() - performance.now();
  /** Until then nothing is refused, since a wrong time would be named. */
  private knowsTheTime = false;
  private settling: Promise<void> | undefined;
  /** It was logged that they can not be settled; nothing more is until they can. */
  private isFailing = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    { settings, addressUnits }: Configuration,
    private readonly keys: KeyRing,
    private readonly store: BudgetStore,
    private readonly log: Logger,
  ) {
    this.most = {
      key: settings.REQUEST_UNITS_KEY,
      member: settings.REQUEST_UNITS_MEMBER,
      person: settings.REQUEST_UNITS_PERSON,
      admin: settings.REQUEST_UNITS_ADMIN,
      address: addressUnits,
      carrier: settings.REQUEST_UNITS_CARRIER,
    };
  }

  /** Takes units, or refuses. @throws RateLimited */
  async charge(subject: Subject, units: number): Promise<Charge> {
    const entry = this.entryOf(subject);
    for (;;) {
      const taking = take(entry, units, this.now());
      if (!taking.fits && this.knowsTheTime) throw this.limited(taking, units);
      if (taking.fits && (entry.unsettled === 0 || entry.unsettled + units <= entry.most * UNSETTLED_SHARE)) {
        this.add(entry, units);
        return { requested: units, remaining: taking.remaining, resetAt: new Date(taking.resetAt) };
      }
      await this.settle();
    }
  }

  /** Takes units for what was done already; a bucket may be overdrawn by it. */
  spend(subject: Subject, units: number): Charge {
    const entry = this.entryOf(subject);
    const { remaining, resetAt } = take(entry, units, this.now());
    this.add(entry, units);
    return { requested: units, remaining, resetAt: new Date(resetAt) };
  }

  /** Refuses where a bucket is overdrawn, before it is known what the request costs. @throws RateLimited */
  requireNoDebt(subject: Subject): void {
    const taking = take(this.entryOf(subject), 0, this.now());
    if (!taking.fits) throw this.limited(taking, 0);
  }

  /** Tells the database what was taken so far. */
  async settle(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    // What is taken while a statement is under way goes with the next one.
    this.settling ??= this.settleOnce().finally(() => {
      this.settling = undefined;
      if (this.dirty.size > 0) this.schedule(SETTLE_MS);
    });
    await this.settling;
  }

  /** Forgets buckets that are full again, in the database. */
  forget(): Promise<void> {
    return this.store.forget();
  }

  private now(): number {
    return performance.now() + this.ahead;
  }

  private limited({ remaining, resetAt, ...taking }: Extract<Taking, { fits: false }>, units: number) {
    const cost = { requested: units, remaining, resetAt: new Date(resetAt) };
    const retryAfter = Math.max(1, Math.ceil((taking.retryAt - this.now()) / 1_000));
    return new RateLimited(new Date(taking.retryAt), retryAfter, cost);
  }

  private entryOf({ kind, id }: Subject): Entry {
    const name = `${kind}:${id}`;
    let entry = this.entries.get(name);
    if (!entry) {
      const subject = this.keys.mac('request-budget', name, 1).subarray(0, 16);
      entry = { subject, most: this.most[kind], fullAt: 0, unsettled: 0, underWay: 0 };
      this.entries.set(name, entry);
    }
    return entry;
  }

  private add(entry: Entry, units: number): void {
    entry.unsettled += Math.min(units, entry.most);
    this.dirty.add(entry);
    this.schedule(SETTLE_MS);
  }

  private schedule(ms: number): void {
    this.timer ??= setTimeout(() => void this.settle().catch(() => undefined), ms).unref();
  }

  private async settleOnce(): Promise<void> {
    const entries = [...this.dirty].slice(0, MOST_IN_ONE_STATEMENT);
    if (entries.length === 0) return;
    for (const entry of entries) {
      this.dirty.delete(entry);
      entry.underWay = entry.unsettled;
    }
    try {
      const settled = await this.store.settle(
        entries.map(({ subject, underWay, most }) => ({ subject, ms: (underWay * REFILL_MS) / most })),
      );
      const bySubject = new Map(settled.map((row) => [row.subject.toString('hex'), row]));
      for (const entry of entries) {
        const row = bySubject.get(entry.subject.toString('hex'));
        if (!row) throw new Error('A budget of requests was not settled');
        entry.fullAt = row.full_at;
        entry.unsettled -= entry.underWay;
        this.ahead = row.now - performance.now();
        this.knowsTheTime = true;
      }
      if (this.entries.size > MOST_ENTRIES) this.forgetHere();
      if (this.isFailing) this.log.info('Budgets of requests are settled again');
      this.isFailing = false;
    } catch (error) {
      for (const entry of entries) this.dirty.add(entry);
      if (!this.isFailing)
        this.log.error(
          { err: error },
          'Budgets of requests could not be settled; trying again until they are',
        );
      this.isFailing = true;
      this.schedule(AFTER_FAILURE_MS);
      throw error;
    }
  }

  /** Forgets first what is full again, which is like never having known it, and then whom it has known longest. */
  private forgetHere(): void {
    const now = this.now();
    for (const [name, { unsettled, fullAt }] of this.entries) {
      if (unsettled === 0 && fullAt <= now) this.entries.delete(name);
    }
    for (const [name, { unsettled }] of this.entries) {
      if (this.entries.size <= MOST_ENTRIES / 2) break;
      if (unsettled === 0) this.entries.delete(name);
    }
  }
}
