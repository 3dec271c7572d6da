import type { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import pg, { type Connection, type FieldDef, type QueryResultRow, type Submittable } from 'pg';

/** A statement; with a name it is prepared once for a connection, where the pool allows it. */
export interface Statement {
  text: string;
  values?: unknown[];
  name?: string | undefined;
}

/** What a statement was answered. */
export interface Answered<Row> {
  rows: Row[];
  /** How many rows it touched or gave. */
  count: number;
}

/** What of a connection of `pg` its types leave out. */
type Wire = Connection & {
  stream: Socket;
  /** The text of each prepared statement by name: of those that PostgreSQL has, and of those that are on their way. */
  parsedStatements: Record<string, string>;
  submittedNamedStatements: Record<string, string>;
  parse(statement: { name: string | undefined; text: string }): void;
  bind(to: { statement: string | undefined; values: unknown[] }): void;
  describe(what: { type: 'P' }): void;
  execute(what: object): void;
};
const { prepareValue } = (pg as unknown as { utils: { prepareValue: (value: unknown) => unknown } }).utils;
const parserOf = pg.types.getTypeParser as (type: number) => (text: string) => unknown;
/** `pg` pipelines nothing but its own queries. */
const Query = pg.Query as unknown as new (
  text: string,
  values: unknown[],
) => EventEmitter & { text: string; name: string | undefined; values: unknown[] };

/** How rows of a statement are read. */
interface Columns {
  all: { name: string; parse: (text: string) => unknown }[];
  /** Copied for each row: an object that gets its properties one by one is slow to make. */
  empty: QueryResultRow;
}

const NO_COLUMNS: Columns = { all: [], empty: {} };

/**
 * A connection whose statements of one turn of the event loop leave in one write, and are answered in as few packets as hold the
 * answers. `pg` ends each statement with a Sync, behind which PostgreSQL sends what it has: a system call there and a wake-up here
 * for each, which cost more than most statements do (ADR 63). Here a turn has one Sync. A statement that fails takes with it those
 * of its turn that come behind it, as it does in a transaction anyway. What columns a prepared statement has is asked once.
 * It is to be made with `pipeline: true`.
 */
export class RoundTripClient extends pg.Client {
  private trip: Asked[] | undefined;
  private corked = false;
  private readonly columns = new Map<string, Columns>();

  /** Asks one statement, without waiting for what was asked before. */
  ask<Row extends QueryResultRow>(statement: Statement): Promise<Answered<Row>> {
    this.hold();
    const trip = (this.trip ??= []);
    return new Promise((resolve, reject) => {
      const answer = (answered: Answered<QueryResultRow>) => {
        resolve(answered as Answered<Row>);
      };
      const asked = new Asked(statement, { trip, columns: this.columns, answer, reject });
      super.query(asked);
      trip.push(asked);
    });
  }

  /** Asks several statements in one text, of whose answers nobody needs anything. */
  script(text: string): Promise<unknown> {
    this.hold();
    return this.query(text);
  }

  /** Has what was asked so far in this turn answered as soon as it is known, while PostgreSQL goes on with what is asked behind it. */
  answerSoon(): void {
    if (this.trip) this.wire.flush();
  }

  /** What others ask, TypeORM for example, is a trip by itself. `never` is what every signature of `pg` may return. */
  override query(...asked: unknown[]): never {
    this.sync();
    return super.query(...(asked as [string])) as never;
  }

  /** Keeps what is written back to the end of this turn. */
  private hold(): void {
    if (this.corked) return;
    this.corked = true;
    this.wire.stream.cork();
    process.nextTick(() => {
      this.sync();
      this.corked = false;
      this.wire.stream.uncork();
    });
  }

  private sync(): void {
    if (this.trip?.length) this.wire.sync();
    this.trip = undefined;
  }

  private get wire(): Wire {
    return (this as unknown as { connection: Wire }).connection;
  }
}

interface Asking {
  /** All statements that one Sync ends, in order. */
  trip: Asked[];
  /** Of the connection's prepared statements, by name. */
  columns: Map<string, Columns>;
  answer: (answered: Answered<QueryResultRow>) => void;
  reject: (error: unknown) => void;
}

/** A statement under way. */
class Asked extends Query implements Submittable {
  private readonly found: QueryResultRow[] = [];
  private count = 0;
  private columns: Columns | undefined;
  private failure: unknown;

  constructor(
    { text, values = [], name }: Statement,
    private readonly asking: Asking,
  ) {
    super(text, values);
    this.name = name;
  }

  /** @throws where a value can not be sent: then nothing was */
  submit(connection: Connection): void {
    const wire = connection as Wire;
    const { text, name } = this;
    const values = this.values.map(prepareValue);
    const before = name && (wire.parsedStatements[name] ?? wire.submittedNamedStatements[name]);
    if (before !== undefined && before !== text)
      throw new Error(`There is another statement of the name ${name}`);
    if (before === undefined) {
      wire.parse({ name, text });
      if (name) wire.submittedNamedStatements[name] = text;
    }
    wire.bind({ statement: name, values });
    if (name) this.columns = this.asking.columns.get(name);
    if (!this.columns) wire.describe({ type: 'P' });
    wire.execute({});
  }

  handleRowDescription({ fields }: { fields: FieldDef[] }): void {
    this.columns = {
      all: fields.map(({ name, dataTypeID }) => ({ name, parse: parserOf(dataTypeID) })),
      empty: Object.fromEntries(fields.map(({ name }) => [name, null])),
    };
  }

  handleDataRow({ fields }: { fields: (string | null)[] }): void {
    const { all, empty } = this.columns ?? NO_COLUMNS;
    const row = { ...empty };
    try {
      for (let at = 0; at < all.length; at++) {
        const column = all[at];
        const text = fields[at] ?? null;
        if (column && text !== null) row[column.name] = column.parse(text);
      }
    } catch (error) {
      this.failure ??= error; // comes out where all that was sent for it has been read
    }
    this.found.push(row);
  }

  handleCommandComplete({ text }: { text: string }, wire: Wire): void {
    this.count = Number(text.slice(text.lastIndexOf(' ') + 1)) || 0;
    if (this.name) this.asking.columns.set(this.name, this.columns ?? NO_COLUMNS);
    this.complete(wire);
  }

  handleEmptyQuery(wire: Wire): void {
    this.complete(wire);
  }

  handleReadyForQuery(): void {
    if (this.failure) this.asking.reject(this.failure);
    else this.asking.answer({ rows: this.found, count: this.count });
  }

  /** PostgreSQL skips the rest of the trip, which fails with it. */
  handleError(error: unknown, wire: Wire): void {
    this.asking.reject(error);
    const { trip } = this.asking;
    for (const skipped of trip.slice(trip.indexOf(this) + 1)) {
      if (skipped.failure) break; // the connection ended, and the rest knows
      skipped.failure = error;
      if (skipped.name) Reflect.deleteProperty(wire.submittedNamedStatements, skipped.name);
      this.turnOver(wire);
    }
  }

  /** The last one of a trip is complete where PostgreSQL says so. */
  private complete(wire: Wire): void {
    if (this.asking.trip.at(-1) !== this) this.turnOver(wire);
  }

  /** Lets `pg` go on to the next statement, as it would behind a Sync. */
  private turnOver(wire: Wire): void {
    wire.emit('readyForQuery', { status: 'T' });
  }
}
