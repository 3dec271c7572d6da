import { ConfigurationError, EmbeddedPostgresError } from '@assent/platform';

/** What keeps a process from starting, in one line that says what to do. */
export class StartError extends Error {}

/** Of sysexits.h: something is wrong with the configuration. */
const EXIT_CONFIGURATION = 78;
/** By convention of shells: ended by Ctrl-C. */
const EXIT_INTERRUPTED = 130;
/** Ctrl-C in a terminal reaches us twice, from the terminal and from npm; this close together it is one wish. */
const SAME_WISH_MS = 700;

/**
 * The life of a process: what was opened is closed in reverse order when the process is told to stop (SIGINT, SIGTERM,
 * SIGHUP) or fails. A second signal ends it at once.
 */
export class Lifetime {
  private readonly ending = new AbortController();
  private readonly closers: (() => Promise<void>)[] = [];
  private endingSince = 0;
  private exitCode = 0;
  /** Hears of failures; by default one line on the terminal. */
  report: (error: unknown) => void = (error) => process.stderr.write(`${explain(error)}\n`);
  /** Hears that the process was told to stop. */
  told: () => void = () => undefined;
  /** Hears that everything was closed, and nothing failed. */
  closed: () => void = () => undefined;

  /** Runs a process: `begin` opens everything; then it lives until it is told to stop. The process ends here. */
  static async run(begin: (lifetime: Lifetime) => Promise<void>): Promise<never> {
    const lifetime = new Lifetime();
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => lifetime.stop());
    process.on('uncaughtException', (error) => lifetime.fail(error));
    // A terminal that was closed takes no more lines; that is no reason to stop in the middle of stopping.
    for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
    try {
      await begin(lifetime);
      await lifetime.ended();
    } catch (error) {
      if (!lifetime.ending.signal.aborted) lifetime.fail(error);
    }
    for (const close of lifetime.closers.reverse()) {
      await close().catch((error: unknown) => lifetime.fail(error));
    }
    if (lifetime.exitCode === 0) lifetime.closed();
    process.exit(lifetime.exitCode);
  }

  /** Runs a program that does one thing and ends. */
  static once(work: () => Promise<void>): Promise<never> {
    return Lifetime.run(async (lifetime) => {
      await work();
      lifetime.ending.abort();
    });
  }

  private constructor() {
    // Only `run` makes one.
  }

  /** Opens something that `close` will close. @throws when the process was told to stop meanwhile */
  async open<Thing>(opening: Promise<Thing>, close: (thing: Thing) => Promise<void>): Promise<Thing> {
    const thing = await opening;
    this.closers.push(() => close(thing));
    this.ending.signal.throwIfAborted();
    return thing;
  }

  private stop(): void {
    if (!this.ending.signal.aborted) {
      this.endingSince = performance.now();
      this.told();
      this.ending.abort();
    } else if (performance.now() - this.endingSince > SAME_WISH_MS) {
      process.exit(EXIT_INTERRUPTED);
    }
  }

  private fail(error: unknown): void {
    this.report(error);
    this.exitCode = error instanceof ConfigurationError ? EXIT_CONFIGURATION : 1;
    this.ending.abort();
  }

  private ended(): Promise<void> {
    const { signal } = this.ending;
    return new Promise((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener('abort', () => resolve());
    });
  }
}

/** A failure as the operator reads it: what is wrong and what to do, without a stack. */
export function explain(error: unknown): string {
  if (error instanceof ConfigurationError || error instanceof StartError) return error.message;
  if (error instanceof EmbeddedPostgresError) return error.message;
  const { message, code } = error as { message?: string; code?: string };
  const said = (message ?? '').split('\n')[0];
  if (code && PASSING.test(code)) {
    return `The database takes no connections for now (${said || code}): start Assent again once it does`;
  }
  if (code && UNREACHABLE.test(code)) {
    return (
      `The database can not be used (${said || code}): check DATABASE_URL, ` +
      'for example DATABASE_URL=postgresql://assent:secret@db.example.com/assent'
    );
  }
  return `Assent stopped: ${said || code || String(error)}`;
}

/** PostgreSQL's codes of a server that starts, recovers or stops, and of one with too many connections. */
const PASSING = /^(?:57P\d\d|53300)$/;
/** Codes of the network, and PostgreSQL's of connections, wrong names and passwords, and missing databases. */
const UNREACHABLE = /^(?:E(?:CONN\w+|NOTFOUND|TIMEDOUT|HOSTUNREACH|AI_AGAIN)|08\w{3}|28\w{3}|3D000)$/;
