import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import type { QueryResultRow } from 'pg';
import type { EntityManager } from 'typeorm';
import { Counter } from '../telemetry/meters.js';
import type { Pools } from './data-source.js';
import { NotYet } from './not-yet.js';
import type { Answered, RoundTripClient, Statement } from './round-trips.js';
import { Whole } from './whole.js';

/**
 * On whose behalf a transaction runs: it takes on the database role of that name, whose grants and row-level policies
 * are all it can do, and names the business or person that those policies compare with.
 *
 * - `gate`: before it is known who asks: sign-in, codes, sessions, keys
 * - `business`, `person`: one tenant's own rows
 * - `admin`: the operator's staff; no table of persons
 * - `engine`: what spans tenants: matching, sending, dispatch; never with SQL or ids that a caller wrote
 * - `eraser`: the end of a person; the one role that may delete what every other can only add to
 * - `rekeyer`: exchanges bytes that older keys sealed for the same ones under the newest key, and can change nothing else
 */
export type Scope =
  | { role: 'gate' | 'admin' | 'eraser' | 'rekeyer' }
  | { role: 'engine'; lookUps?: true }
  | { role: 'business'; businessId: string }
  | { role: 'person'; personId: string };

/**
 * Plans are kept, and one that was made while a table was empty reads all of it once it is long, until somebody analyzes it. So
 * whoever looks for a handful of rows finds them by index, whatever is known of the table's size (ADR 51).
 */
const BY_LOOK_UPS = ['seqscan', 'bitmapscan', 'hashjoin', 'mergejoin']
  .map((way) => `SET LOCAL enable_${way} = off`)
  .join('; ');

/** The engine, where it decides about a batch or takes its round over a queue. */
export const LOOK_UPS: Scope = { role: 'engine', lookUps: true };

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const STATEMENT_TIMEOUT_MS = 15_000;
/** So long a process may say nothing in the middle of a transaction: one that is frozen must not hold its locks for ever. */
const IDLE_TIMEOUT_MS = 20_000;
const LIMITS = `SET LOCAL statement_timeout = ${STATEMENT_TIMEOUT_MS}; SET LOCAL idle_in_transaction_session_timeout = ${IDLE_TIMEOUT_MS}`;
const failures = new Counter(
  'assent_database_errors_total',
  'Transactions that PostgreSQL or the way to it ended, by the class of the SQLSTATE (its first two letters).',
  ['class'],
);
/** Deadlock and serialization failure: PostgreSQL undid the transaction and asks for it again. */
const RETRIED = new Set(['40P01', '40001']);
/** A write in a read-only transaction, as a former primary answers. */
const ONLY_FOLLOWS = '25006';
const SQLSTATE = /^[0-9A-Z]{5}$/;
const MOST_TRIES = 4;
const COMMIT: Statement = { name: 'commit', text: 'COMMIT' };
const RELEASE: Statement = { name: 'release-part', text: 'RELEASE SAVEPOINT part' };
/** How long a transaction that can not be made yet is tried again. */
const PATIENCE_MS = 10_000;

/** One transaction under way. */
export class Transaction {
  /** What is to happen once it has committed. */
  readonly afterwards: (() => void)[] = [];
  /** The last statement and the commit, where both are under way already. */
  finishing: Promise<unknown> | undefined;
  /** Set before the connection goes back: what `work` left running when it failed must not run in somebody else's transaction. */
  over = false;

  constructor(
    /** TypeORM's manager on this transaction's connection: insert, update, find; never save, which opens its own. */
    readonly manager: EntityManager,
    readonly client: RoundTripClient,
    readonly prepared: boolean,
    /** What ends it well: a part of a whole is only released to it. */
    private readonly end = COMMIT,
  ) {}

  /** The rows of a statement. Statements that are not awaited travel together, in order, in one round trip. */
  async rows<Row extends QueryResultRow>(statement: Statement): Promise<Row[]> {
    return (await this.send<Row>(statement)).rows;
  }

  /**
   * The rows of the last statement of a transaction, of which nothing but its answer hangs on them: the commit travels in
   * the same round trip, and undoes everything should the statement fail. Need not be awaited: the end of the transaction is.
   */
  finish<Row extends QueryResultRow>(statement: Statement): Promise<Row[]> {
    const rows = this.rows<Row>(statement);
    this.finishing = Promise.all([rows, this.send(this.end)]);
    this.finishing.catch(() => undefined); // comes out where it is awaited, also when `work` fails before
    return rows;
  }

  /** How many rows a statement touched. */
  async run(statement: Statement): Promise<number> {
    return (await this.send(statement)).count;
  }

  /** The database's time, in milliseconds: the only clock that decides. */
  async now(): Promise<Date> {
    const [row] = await this.rows<{ now: Date }>({ name: 'now', text: 'SELECT assent_now() AS now' });
    if (!row) throw new Error('The database told no time');
    return row.now;
  }

  /** What was said so far in this turn is answered as soon as it is known, not with what is said behind it. */
  answerSoon(): void {
    this.client.answerSoon();
  }

  /** Until what was said is on its way: work that follows without a wait would keep it here. */
  departure(): Promise<void> {
    return new Promise((resolve) => process.nextTick(resolve));
  }

  /** Runs something once this transaction has committed, and never where it is undone: hints, for example. */
  afterCommit(work: () => void): void {
    this.afterwards.push(work);
  }

  /** Goes on under another scope: for the rare transaction that must do atomically what no single role may. */
  async become(scope: Scope): Promise<void> {
    this.mustGoOn();
    await this.client.script(takeOn(scope));
  }

  /** Ends well what this began. */
  async close(): Promise<void> {
    await (this.finishing ?? this.send(this.end));
    this.over = true;
  }

  private async send<Row extends QueryResultRow>(statement: Statement): Promise<Answered<Row>> {
    this.mustGoOn();
    try {
      return await this.client.ask<Row>(this.prepared ? statement : { ...statement, name: undefined });
    } catch (error) {
      Error.captureStackTrace(error as Error); // leads to who asked, not to the socket
      throw error;
    }
  }

  private mustGoOn(): void {
    if (this.over) throw new Error('A statement came after the end of its transaction');
  }
}

/** The door to PostgreSQL: everything runs in a transaction under a scope. */
export class Database {
  private readonly wholes = new AsyncLocalStorage<Whole<Transaction> | undefined>();

  constructor(
    private readonly pools: Pools,
    private readonly prepared: boolean,
  ) {}

  /**
   * Runs `work` in a READ COMMITTED transaction under a scope, and again when PostgreSQL undid it for a deadlock, or
   * `work` itself by NotYet; so it must have no effect outside of it. Statements end after 15 s, and a
   * transaction in which nothing is said for 20 s.
   */
  async transaction<Result>(scope: Scope, work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    const store = this.wholes.getStore();
    const whole = store?.ended ? undefined : store;
    const patience = performance.now() + PATIENCE_MS;
    for (let attempt = 1; ; attempt++) {
      try {
        return await (whole ? whole.takeTurn(() => this.part(whole, scope, work)) : this.once(scope, work));
      } catch (error) {
        if (error instanceof NotYet && performance.now() < patience) {
          attempt -= 1;
          await wait(error.waitMs);
          continue;
        }
        if (attempt >= MOST_TRIES || !RETRIED.has(codeOf(error))) throw error;
        await wait(Math.random() * 10 * 2 ** attempt);
      }
    }
  }

  /** The rows of one statement under a scope, in one round trip. */
  rows<Row extends QueryResultRow>(scope: Scope, statement: Statement): Promise<Row[]> {
    return this.transaction(scope, (tx) => tx.finish<Row>(statement));
  }

  /**
   * One transaction around everything that `work` does here: each transaction that it makes is a part of it, under a scope of
   * its own, undone by itself when it fails, and committed with the whole or not at all. Parts take turns. What is to happen
   * after the commit of a part happens after that of the whole. It is not tried again: only its parts are. A whole within a
   * whole is that whole, under another scope.
   */
  async whole<Result>(scope: Scope, work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    const outer = this.wholes.getStore();
    if (outer && !outer.ended) {
      await outer.tx.become(scope);
      return work(outer.tx);
    }
    return this.once(scope, async (tx) => {
      const whole = new Whole(tx);
      try {
        return await this.wholes.run(whole, () => work(tx));
      } finally {
        await whole.finish();
      }
    });
  }

  private async part<Result>(
    { tx: { manager, afterwards, client, prepared } }: Whole<Transaction>,
    scope: Scope,
    work: (tx: Transaction) => Promise<Result>,
  ): Promise<Result> {
    const part = new Transaction(manager, client, prepared, RELEASE);
    const opened = client.script(`SAVEPOINT part; ${takeOn(scope)}`);
    try {
      // What it does in other transactions meanwhile has nothing to do with the whole, as ever.
      const [, result] = await Promise.all([opened, this.wholes.run(undefined, () => work(part))]);
      await part.close();
      afterwards.push(...part.afterwards);
      return result;
    } catch (error) {
      part.over = true;
      await opened; // where there is no savepoint there is no connection either
      await client.script(`ROLLBACK TO SAVEPOINT part; ${RELEASE.text}`);
      throw error;
    }
  }

  private async once<Result>(scope: Scope, work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    const opening = `BEGIN; ${LIMITS}; ${takeOn(scope)}`;
    const runner = this.pools[scope.role === 'gate' ? 'gate' : 'other'].createQueryRunner();
    try {
      const client = (await runner.connect()) as RoundTripClient;
      const tx = new Transaction(runner.manager, client, this.prepared);
      try {
        // Not awaited: the first statement of `work` travels in the same round trip. Should opening fail, the
        // statements behind it run as the login role, which may do nothing, and the failure comes out below.
        const opened = client.script(opening);
        const [, result] = await Promise.all([opened, work(tx)]);
        await tx.close();
        for (const afterCommit of tx.afterwards) afterCommit();
        return result;
      } catch (error) {
        tx.over = true;
        const code = codeOf(error);
        if (code) failures.add(1, SQLSTATE.test(code) ? code.slice(0, 2) : 'connection');
        // The pool does not keep an ending connection: one that can not even roll back, or whose server only follows by now.
        const end = () => client.end().catch(() => undefined);
        await client.script('ROLLBACK').then(() => (code === ONLY_FOLLOWS ? end() : undefined), end);
        throw error;
      }
    } finally {
      await runner.release();
    }
  }
}

function takeOn(scope: Scope): string {
  const role = `SET LOCAL ROLE assent_${scope.role}`;
  switch (scope.role) {
    case 'business':
      return `${role}; SET LOCAL app.business = '${checked(scope.businessId)}'; ${BY_LOOK_UPS}`;
    case 'person':
      return `${role}; SET LOCAL app.person = '${checked(scope.personId)}'; ${BY_LOOK_UPS}`;
    case 'gate':
      return `${role}; ${BY_LOOK_UPS}`;
    case 'engine':
      return scope.lookUps ? `${role}; ${BY_LOOK_UPS}` : role;
    default:
      return role;
  }
}

/** Settings take no parameters, so the id stands in the statement itself, and must be nothing but an id. */
function checked(id: string): string {
  if (!UUID.test(id)) throw new Error('A scope must name a UUID');
  return id;
}

function codeOf(error: unknown): string {
  const { code, driverError } = error as { code?: string; driverError?: { code?: string } };
  return driverError?.code ?? code ?? '';
}
