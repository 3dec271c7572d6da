import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedPostgres, hashSecret, KeyRing, newSecret } from '@assent/platform';
import { aBusiness } from '../support/builders/accounts.js';
import { aCrowd } from '../support/builders/crowd.js';
import { anEndpoint } from '../support/builders/webhooks.js';
import { GraphQLClient } from '../support/graphql-client.js';
import { AMPLE_REQUESTS } from '../support/ample-requests.js';
import { startPlatform, type TestPlatform, until } from '../support/platform.js';
import type { Child } from '../processes/child.js';
import { freePort } from '../processes/free-port.js';
import { PlatformFolder, signal } from '../processes/platform-folder.js';

/** What a world consists of. */
export type Program = 'api' | 'worker';

/** How one server is reached by each of its logins. */
export interface ServerUrls {
  superuserUrl: string;
  ownerUrl: string;
  appUrl: string;
}

/** What is between the processes of a world and the machine. */
export interface Surroundings {
  /** A folder for PostgreSQL; by default one that nobody else uses. */
  disk?: string;
  /** Where the processes find PostgreSQL, once it runs on that port; by default there. */
  reach?: (port: number) => Promise<number>;
  /** A PostgreSQL that somebody else looks after, instead of one of the world's own. */
  servers?: ServerUrls;
  /** What a process is started with besides. @param appUrl of the database, as tests reach it */
  environment?: (program: Program, appUrl: string) => Record<string, string>;
}

/** A business of the run, and whom it writes to. */
export interface Sender {
  nr: number;
  api: GraphQLClient;
  /** Its people by number, with its handles of them. */
  people: { person: number; contact: string }[];
  /** The others, whom it could write to. */
  strangers: { person: number; contact: string }[];
  /** Secret of its webhook endpoint. */
  secret: string;
}

const SERVER_URLS = ['TEST_SUPERUSER_URL', 'TEST_OWNER_URL', 'TEST_APP_URL'] as const;
/** So high that none is met: everything is accepted, and goes at once. */
const LIMITS = {
  PAIR_BURST: '1000',
  REACH_TIERS: '100000,100001,100002,100003',
  TEMPLATE_SAMPLE: '1000000',
  THROUGHPUT_PER_SECOND: '10000,10000,10000,10000,10000',
  ...AMPLE_REQUESTS,
};
const RESTART_MS = 180_000;
/** Longer than any answer takes whose statements end after 15 s. */
const ANSWER_MS = 20_000;
const OUTPUT_SHOWN = 3_000;

/**
 * An api, a worker and a PostgreSQL, each a process of its own that can be killed and comes back, and businesses and people
 * on them. A platform inside the test arranges all of that beforehand, and is not asked anything while they are killed.
 */
export class CrashWorld {
  readonly senders: Sender[] = [];
  /** The person API of each person. */
  readonly devices: GraphQLClient[] = [];
  private readonly folder = new PlatformFolder();
  private readonly parent = mkdtempSync(join(tmpdir(), 'assent-test-'));
  private readonly keys = `1:${randomBytes(32).toString('base64')}`;
  private readonly urlsBefore = SERVER_URLS.map((name) => process.env[name]);
  private primary: { server: EmbeddedPostgres; directory: string } | undefined;
  private arranger: TestPlatform | undefined;
  private readonly children: Partial<Record<Program, Child>> = {};
  /** What the supervisor of PostgreSQL said. */
  private readonly supervised: string[] = [];
  private port = 0;
  private shifted = 0;

  constructor(private readonly surroundings: Surroundings = {}) {}

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** @param hookUrl where the webhooks of a business go */
  async start(businesses: number, people: number, hookUrl: (business: number) => string): Promise<void> {
    // For root, PostgreSQL runs as another user, who has to pass through this folder to its data.
    chmodSync(this.parent, 0o755);
    const { superuserUrl, ownerUrl, appUrl } = this.surroundings.servers ?? (await this.startServer());
    Object.assign(process.env, {
      TEST_SUPERUSER_URL: superuserUrl,
      TEST_OWNER_URL: ownerUrl,
      TEST_APP_URL: appUrl,
    });
    this.arranger = await startPlatform({ ...LIMITS, ASSENT_KEYS: this.keys }, { worker: false });
    await this.arrange(this.arranger, businesses, people, hookUrl);
    this.port = await freePort();
    await Promise.all([this.startApi(), this.startWorker()]);
  }

  private async startServer(): Promise<ServerUrls> {
    const directory = join(this.surroundings.disk ?? this.parent, 'postgres');
    // With all that makes commits durable, unlike the server that other tests share.
    const server = await EmbeddedPostgres.start({ directory, log: this.supervise });
    this.primary = { server, directory };
    const port = String((await this.surroundings.reach?.(server.port)) ?? server.port);
    const reached = (text: string) => Object.assign(new URL(text), { port }).href;
    return {
      superuserUrl: reached(server.superuserUrl),
      ownerUrl: reached(server.ownerUrl),
      appUrl: reached(server.appUrl),
    };
  }

  private async arrange(
    platform: TestPlatform,
    businesses: number,
    people: number,
    hookUrl: (business: number) => string,
  ): Promise<void> {
    const made = [];
    for (let nr = 0; nr < businesses; nr++) made.push(await aBusiness(platform));
    const crowd = await aCrowd(platform, people, made);
    const ring = platform.app.get(KeyRing, { strict: false });
    const tokens = crowd.map(() => newSecret('pst'));
    await platform.database.sql(
      `INSERT INTO person_session (token_hash, lane, person_id, created_at, expires_at)
        SELECT hash, lane, person_id, assent_now(), assent_now() + interval '1 day'
        FROM unnest($1::bytea[], $2::smallint[], $3::uuid[]) AS t (hash, lane, person_id)`,
      [
        tokens.map((token) => hashSecret(ring, token)),
        crowd.map(({ lane }) => lane),
        crowd.map(({ personId }) => personId),
      ],
    );
    for (const token of tokens) this.devices.push(new GraphQLClient('', token));
    for (const [nr, { apiKey, token }] of made.entries()) {
      const { secret } = await anEndpoint(platform.business(token), hookUrl(nr));
      // Each person hears from every fourth business.
      const known = crowd.map(({ contacts }, person) => ({ person, contact: contacts[nr] ?? '' }));
      const { people = [], strangers = [] } = Object.groupBy(known, ({ person }) =>
        person % 4 === nr % 4 ? 'people' : 'strangers',
      );
      this.senders.push({ nr, api: new GraphQLClient('', apiKey), people, strangers, secret });
    }
  }

  business(sender: Sender): GraphQLClient {
    return new GraphQLClient(`${this.url}/business/graphql`, sender.api.token);
  }

  device(person: number): GraphQLClient {
    return new GraphQLClient(`${this.url}/person/graphql`, this.devices[person]?.token);
  }

  /** Signals a process, or PostgreSQL. */
  signal(whom: Program | 'PostgreSQL', name: NodeJS.Signals): void {
    this.expectAllToRun();
    const { pid } = this.primary?.server ?? {};
    if (whom !== 'PostgreSQL') this.children[whom]?.signal(name);
    else if (pid !== undefined) signal(pid, name);
  }

  /** Ends PostgreSQL by a signal, and resolves once it is back. Fails where a process has ended by itself. */
  async interrupt(name: NodeJS.Signals): Promise<void> {
    const before = this.primary?.server.pid;
    this.signal('PostgreSQL', name);
    await this.untilReady('PostgreSQL is back', () => this.primary?.server.pid !== before);
  }

  /** Starts one again that was, or is to be, the end of itself. @returns how it ended */
  async restart(program: Program): Promise<number | string | undefined> {
    const ended = await this.children[program]?.exit();
    await (program === 'api' ? this.startApi() : this.startWorker());
    return ended;
  }

  /** One more worker; who starts it ends it. */
  async anotherWorker(): Promise<Child> {
    const child = this.folder.start(this.settingsOf('worker'), 'worker/src/main');
    await child.says(/The worker runs/);
    return child;
  }

  /** The server that all is kept on. */
  get database(): { server: EmbeddedPostgres; directory: string; url: string } {
    if (!this.primary || !this.arranger) throw new Error('The world was not started');
    const url = new URL(this.primary.server.superuserUrl);
    url.pathname = new URL(this.arranger.database.appUrl).pathname;
    return { ...this.primary, url: url.href };
  }

  /** From now on all is kept on that server; whoever had it before has to be ended already. */
  replaceDatabase(server: EmbeddedPostgres, directory: string): void {
    this.primary = { server, directory };
  }

  /** Takes what the supervisor of PostgreSQL says. */
  readonly supervise = (line: string) => void this.supervised.push(line);

  private expectAllToRun(): void {
    for (const [name, child] of Object.entries(this.children)) {
      if (child.running) continue;
      const fatal = child.output.split('\n').filter((line) => line.startsWith('{"level":60'));
      throw new Error(`The ${name} ended by itself:\n${fatal.join('\n')}`);
    }
  }

  /** What became of all messages, and what the processes said last: for whoever has to find out why some are missing. */
  async state(): Promise<string> {
    this.expectAllToRun();
    const { database } = this.arranger ?? {};
    const messages = await database?.sql(
      `SELECT status, reason, count(*)::int FROM message GROUP BY 1, 2 ORDER BY 1, 2`,
    );
    const queue = await database?.sql(
      `SELECT parked_at IS NOT NULL AS parked, due_at > assent_now() AS waits, lease_until > assent_now() AS leased,
          max(attempts) AS attempts, max(parked_code) AS error, count(*)::int
        FROM conversation_queue GROUP BY 1, 2, 3`,
    );
    return `${JSON.stringify({ messages, queue })}\n${this.said()}`;
  }

  private said(): string {
    const said = Object.entries(this.children).map(
      ([name, child]) => `${name}: ${child.output.slice(-OUTPUT_SHOWN)}`,
    );
    return [...said, `PostgreSQL: ${this.supervised.slice(-20).join('\n')}`].join('\n');
  }

  /** Lets time pass for whoever waits for a lease or for the next attempt. */
  async passTime(milliseconds: number): Promise<void> {
    this.shifted += milliseconds;
    await this.arranger?.shiftClock(this.shifted);
  }

  async stop(): Promise<void> {
    await this.folder.remove();
    await this.arranger?.stop();
    SERVER_URLS.forEach((name, at) => {
      const before = this.urlsBefore[at];
      if (before !== undefined) process.env[name] = before;
    });
    await this.primary?.server.stop();
    rmSync(this.parent, { recursive: true, force: true });
  }

  private settingsOf(program: Program): Record<string, string> {
    const { appUrl = '' } = this.arranger?.database ?? {};
    return {
      DATABASE_URL: appUrl,
      ASSENT_KEYS: this.keys,
      ...LIMITS,
      PORT: program === 'api' ? String(this.port) : '',
      ...this.surroundings.environment?.(program, appUrl),
    };
  }

  private async startApi(): Promise<void> {
    this.children.api = this.folder.start(this.settingsOf('api'), 'api/src/main');
    await this.untilReady('the API is ready');
  }

  private async startWorker(): Promise<void> {
    this.children.worker = this.folder.start(this.settingsOf('worker'), 'worker/src/main');
    await this.children.worker.says(/The worker runs/);
  }

  /** Waits for the API; fails where a process ended by itself meanwhile. */
  async untilReady(what: string, and = () => true): Promise<void> {
    let answer: unknown;
    const isReady = async () => {
      this.expectAllToRun();
      // First: an answer from before it holds says nothing of what comes after it.
      if (!and()) return false;
      const signal = AbortSignal.timeout(ANSWER_MS);
      try {
        const response = await fetch(`${this.url}/health/ready`, { signal });
        answer = await response.text();
        return response.ok;
      } catch (error) {
        answer = error;
        return false;
      }
    };
    await until(what, isReady, RESTART_MS).catch((error: unknown) => {
      throw new Error(`${(error as Error).message}; it answered: ${String(answer)}\n${this.said()}`);
    });
  }
}
