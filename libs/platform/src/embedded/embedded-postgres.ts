// Jest's globalSetup loads this folder by Node's own type stripping, so it has erasable syntax only, and its relative
// imports end in `.ts` (the compiler rewrites them).
import { spawn, type ChildProcess } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { archiving } from './archive.ts';
import { createData, existingData, resetPasswords } from './data-folder.ts';
import { explained } from './embedded-postgres-error.ts';
import { takeLock } from './lock.ts';
import { freePort } from './port.ts';
import { endOf, endServer, isReady } from './processes.ts';
import { accountFor, ENVIRONMENT, findPrograms, type Account, type Programs } from './programs.ts';
import { newPasswords, recall, remember, type Remembered, urlsOf } from './remembered.ts';
import { configure } from './settings.ts';

export { EmbeddedPostgresError } from './embedded-postgres-error.ts';

/** Where the server lives and how it differs from the defaults. */
export interface EmbeddedPostgresOptions {
  /** Folder that holds everything of the server: data, passwords (`server.json`), `server.log`, `lock`. */
  directory: string;
  /** Server settings that outrank the defaults, e.g. `{ fsync: 'off' }` for tests. */
  settings?: Record<string, string>;
  /** Folder of backups: what is written goes to its archive, too. */
  backups?: string;
  /** Takes one plain line for the operator. */
  log?: (line: string) => void;
}

interface Installation {
  directory: string;
  /** The real path of the data folder. */
  data: string;
  programs: Programs;
  account: Account;
  settings: Record<string, string>;
  log: (line: string) => void;
}

const SERVER_LOG_LIMIT_BYTES = 10 * 1024 * 1024;
const SHORTEST_DELAY_MS = 100;
const LONGEST_DELAY_MS = 10_000;
/** A server that ran this long is taken for sound again. */
const SOUND_AFTER_MS = 60_000;

/** A PostgreSQL server of our own on this machine, started again whenever it dies, until `stop`. */
export class EmbeddedPostgres {
  readonly port: number;
  /** Role `assent_owner`: owns the database `assent`, may create roles and databases, is no superuser. */
  readonly ownerUrl: string;
  /** Role `assent_app`: logs in, owns nothing, inherits nothing. */
  readonly appUrl: string;
  /** For tests: copies of a template, crashes. The platform itself never uses it. */
  readonly superuserUrl: string;

  private readonly installation: Installation;
  private readonly stopping = new AbortController();
  private readonly interrupt = () => void this.child?.kill('SIGINT');
  private child: ChildProcess | undefined;
  private unlock: () => void = () => undefined;
  private recovery: Promise<void> = Promise.resolve();
  private stopped: Promise<void> | undefined;
  private delay = SHORTEST_DELAY_MS;

  /**
   * Starts the server of that folder, making it first if need be, and resolves once it takes connections. Throws
   * EmbeddedPostgresError if it cannot, also when another process already runs it.
   */
  static async start(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
    const directory = path.resolve(options.directory);
    let lock: number | undefined;
    try {
      if (fs.mkdirSync(directory, { recursive: true })) fs.chmodSync(directory, 0o755);
      lock = takeLock(directory);
      const server = await EmbeddedPostgres.startLocked({ ...options, directory });
      const held = lock;
      server.unlock = () => fs.closeSync(held);
      return server;
    } catch (error) {
      if (lock !== undefined) fs.closeSync(lock);
      throw explained(error, directory);
    }
  }

  private static async startLocked(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
    const { directory, backups, log = () => undefined } = options;
    const account = accountFor(path.join(directory, 'data'));
    const settings = { ...(backups ? archiving(backups, account) : {}), ...options.settings };
    const programs = await findPrograms(account);
    const remembered = recall(directory);
    const passwords = remembered?.passwords ?? newPasswords();
    let data = existingData(directory, programs);
    if (data) {
      // A platform that was killed leaves its server running. Stopping it is simpler and safer than adopting it: the
      // new one is our child, has this release's settings, and our lock says that nobody else uses it.
      await endServer(data, (pid) => log(`Stopping the PostgreSQL server (pid ${pid}) of an earlier run.`));
      if (!remembered) await resetPasswords(programs, account, data, passwords);
    } else {
      log('Making the PostgreSQL server: this happens once.');
      data = await createData(directory, programs, account, passwords);
    }
    const installation = { directory, data, programs, account, settings, log };
    for (let attempt = 1; ; attempt += 1) {
      const port = await freePort(attempt === 1 ? remembered?.port : undefined);
      remember(directory, { port, passwords });
      const server = new EmbeddedPostgres(installation, { port, passwords });
      try {
        await server.launch();
        await server.logIn();
        process.once('exit', server.interrupt);
        return server;
      } catch (error) {
        await server.stop();
        // The port was free a moment ago; somebody may have been quicker.
        if (attempt === 5 || !/could not create any TCP/.test(String(error))) throw error;
      }
    }
  }

  /** How a server of that folder was last reached, by whichever process runs it; nothing if there never was one. */
  static known(directory: string): { ownerUrl: string; appUrl: string } | undefined {
    const remembered = recall(path.resolve(directory));
    return remembered && urlsOf(remembered);
  }

  private constructor(installation: Installation, remembered: Remembered) {
    const { ownerUrl, appUrl, superuserUrl } = urlsOf(remembered);
    this.installation = installation;
    this.port = remembered.port;
    this.ownerUrl = ownerUrl;
    this.appUrl = appUrl;
    this.superuserUrl = superuserUrl;
  }

  /** The process id of the server, which changes when it had to be started again. */
  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** Disconnects everyone, shuts down, and resolves when no process of the server is left; after 20 s less gently. */
  stop(): Promise<void> {
    this.stopped ??= this.end();
    return this.stopped;
  }

  private async end(): Promise<void> {
    this.stopping.abort();
    process.off('exit', this.interrupt);
    await endServer(this.installation.data, undefined, this.pid);
    await this.recovery;
    this.unlock();
  }

  private async launch(): Promise<void> {
    const { directory, data, programs, account, settings, log } = this.installation;
    await endServer(data, undefined, this.pid);
    this.stopping.signal.throwIfAborted();
    configure(data, account, { ...settings, port: String(this.port) });
    const serverLog = path.join(directory, 'server.log');
    const size = fs.statSync(serverLog, { throwIfNoEntry: false })?.size ?? 0;
    if (size > SERVER_LOG_LIMIT_BYTES) fs.renameSync(serverLog, `${serverLog}.1`);
    const output = fs.openSync(serverLog, 'a', 0o600);
    const from = fs.fstatSync(output).size;
    // Detached: Ctrl-C reaches the platform only, which drains before it stops the server.
    const child = spawn(programs.postgres, ['-D', data], {
      ...account,
      cwd: data,
      env: ENVIRONMENT,
      detached: true,
      stdio: ['ignore', output, output],
    });
    fs.closeSync(output);
    this.child = child;
    const end = endOf(child);
    const patience = setTimeout(() => log('PostgreSQL is still starting, as it repeats its log.'), 5_000);
    try {
      while (!isReady(data, child.pid)) {
        const ended = await Promise.race([end, pause(20)]);
        if (ended) throw new Error(lastFatal(serverLog, from) ?? `it ended at once, ${ended}`);
      }
    } finally {
      clearTimeout(patience);
    }
    const readySince = performance.now();
    void end.then((how) => {
      if (this.stopping.signal.aborted) return;
      if (performance.now() - readySince > SOUND_AFTER_MS) this.delay = SHORTEST_DELAY_MS;
      this.recovery = this.recover(how);
    });
  }

  /** Starts the server again on the same port, as the platform's connections know it, until it runs or `stop`. */
  private async recover(how: string): Promise<void> {
    const { log } = this.installation;
    const { signal } = this.stopping;
    let reason = `it ended unexpectedly, ${how}`;
    while (!signal.aborted) {
      log(`PostgreSQL is down (${reason}); starting it again in ${this.delay} ms.`);
      await pause(this.delay, undefined, { signal }).catch(() => undefined);
      this.delay = Math.min(this.delay * 2, LONGEST_DELAY_MS);
      try {
        await this.launch();
        return log(`PostgreSQL runs again (pid ${this.pid}).`);
      } catch (error) {
        reason = error instanceof Error ? error.message : String(error);
      }
    }
  }

  /**
   * Makes sure that who answers on the port is our server and knows our passwords, and waits until it writes: one that was restored takes
   * connections, and says that it is ready, while it still replays its archive. A standby does so for as long as it is one.
   */
  private async logIn(): Promise<void> {
    const client = new pg.Client({ connectionString: this.ownerUrl });
    const replays = async () => {
      const { rows } = await client.query<{ replays: boolean }>('SELECT pg_is_in_recovery() AS replays');
      return rows[0]?.replays;
    };
    try {
      await client.connect();
      const isStandby = fs.existsSync(path.join(this.installation.data, 'standby.signal'));
      while (!isStandby && (await replays())) await pause(50);
    } finally {
      await client.end();
    }
  }
}

/** The last fatal line that the server wrote since that offset. */
function lastFatal(serverLog: string, from: number): string | undefined {
  const text = fs.readFileSync(serverLog).subarray(from).toString('utf8');
  return [...text.matchAll(/(?:FATAL|PANIC): +(.*)/g)].at(-1)?.[1];
}
