import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { CreateFirstAdmin } from '@assent/accounts';
import {
  Configuration,
  type ConsoleLine,
  createLogger,
  exposition,
  KeyRing,
  OperatorConsole,
} from '@assent/platform';
import { ApiModule } from '../../apps/api/src/api.module.js';
import { createServer } from '../../apps/api/src/create-server.js';
import { WorkerModule } from '../../apps/worker/src/worker.module.js';
import { AMPLE_REQUESTS } from './ample-requests.js';
import { traceSink } from './collector.js';
import { createTestDatabase, type TestDatabase } from './database.js';
import { GraphQLClient } from './graphql-client.js';
import { leaksIn } from './leaks.js';
import { leaksSeen } from './outgoing.js';
import { keepReport } from './reported.js';
import { isScanning, isTableOfOurs, leaksInFolder, noteLeaks } from './scan-for-leaks.js';
import { until } from './until.js';

export { until };

/** The operator's console, kept instead of printed: where codes arrive. */
class KeptConsole extends OperatorConsole {
  readonly lines: ConsoleLine[] = [];

  constructor() {
    super(undefined, () => undefined);
  }

  override write(line: ConsoleLine): void {
    this.lines.push(line);
  }
}

/** A whole platform, API and worker in this process, on a database of its own. */
export class TestPlatform {
  constructor(
    readonly url: string,
    readonly app: NestFastifyApplication,
    readonly database: TestDatabase,
    private readonly console: KeptConsole,
    /** Every line that the platform logged. */
    readonly logs: string[],
    private readonly adminToken: string,
    private readonly start?: (keys?: string) => Promise<NestFastifyApplication>,
  ) {}

  /** Whether it is in a process of its own, and its database out of reach. */
  readonly isRemote: boolean = false;

  private readonly others: NestFastifyApplication[] = [];

  /** One more API server beside this one, on the same database, with other ASSENT_KEYS where given. @returns its URL */
  async anotherServer(keys?: string): Promise<string> {
    const app = await this.start?.(keys);
    if (!app) throw new Error('This platform can not be started again');
    this.others.push(app);
    return app.getUrl();
  }

  business(token?: string, url = this.url): GraphQLClient {
    return new GraphQLClient(`${url}/business/graphql`, token);
  }

  person(token?: string): GraphQLClient {
    return new GraphQLClient(`${this.url}/person/graphql`, token);
  }

  admin(token: string = this.adminToken): GraphQLClient {
    return new GraphQLClient(`${this.url}/admin/graphql`, token);
  }

  /** The codes sent to an address or number, newest last. */
  codes(to: string): string[] {
    return this.console.lines
      .filter((line) => line.to === to && line.kind !== 'notice')
      .map(({ code }) => code);
  }

  /** Subjects of the notices mailed to an address, newest last. */
  notices(to: string): string[] {
    return this.console.lines
      .filter((line) => line.to === to && line.kind === 'notice')
      .map(({ code }) => code);
  }

  /** The newest code sent to an address or number. */
  code(to: string): string {
    const code = this.codes(to).at(-1);
    if (!code) throw new Error(`No code was sent to ${to}`);
    return code;
  }

  /**
   * Replaces the clock: from now on the platform's time is the real one plus this many milliseconds. Slots of throughput
   * that were taken at times that are to come again are given back.
   */
  async shiftClock(milliseconds: number): Promise<void> {
    await this.database
      .sql(`CREATE OR REPLACE FUNCTION assent_now() RETURNS timestamptz LANGUAGE sql VOLATILE PARALLEL SAFE
      AS $$ SELECT date_trunc('milliseconds', clock_timestamp()) + interval '${Math.trunc(milliseconds)} milliseconds' $$;
      UPDATE business_guard SET throughput_tat = NULL`);
  }

  /** Waits until what has been committed shows in events: until every transaction on this server, of any test, that was older has ended. */
  async eventsShow(): Promise<void> {
    const [now] = await this.database.sql<{ next: string }>(
      'SELECT pg_snapshot_xmax(pg_current_snapshot())::text AS next',
    );
    await until('older transactions have ended', async () => {
      const [row] = await this.database.sql<{ ended: boolean }>(
        'SELECT pg_snapshot_xmin(pg_current_snapshot()) >= $1::xid8 AS ended',
        [now?.next],
      );
      return row?.ended;
    });
  }

  /**
   * What stands in its log, its metrics or the files of its database, or was seen in traces and webhooks, and must not: see leaks.ts.
   * @param metrics what Prometheus would read
   */
  async leaks(metrics = exposition()): Promise<string[]> {
    // Without that what was written last would be in memory only.
    await this.database.sql('CHECKPOINT');
    const [place] = await this.database.sql<{ folder: string; oid: number }>(
      `SELECT current_setting('data_directory') AS folder, oid FROM pg_database WHERE datname = current_database()`,
    );
    const folder = join(place?.folder ?? '', 'base', String(place?.oid));
    return [
      ...new Set(this.logs.flatMap((line) => leaksIn('the log of a platform', line))),
      ...leaksIn('the metrics', metrics),
      ...leaksSeen(),
      ...leaksInFolder('a table', folder, isTableOfOurs),
    ];
  }

  async stop(): Promise<void> {
    for (const app of [...this.others, this.app]) await app.close();
    if (isScanning()) noteLeaks(await this.leaks());
    await this.database.drop();
  }
}

/** Starts a platform. `settings` are environment variables; `worker: false` leaves dispatch out. */
export async function startPlatform(
  settings: Record<string, string> = {},
  { worker = true }: { worker?: boolean } = {},
): Promise<TestPlatform> {
  const database = await createTestDatabase();
  const directory = mkdtempSync(join(tmpdir(), 'assent-test-'));
  const configuration = Configuration.parse({
    NODE_ENV: 'test',
    DATA_DIRECTORY: directory,
    ASSENT_KEYS: `1:${randomBytes(32).toString('base64')}`,
    LOG_LEVEL: 'info',
    // Tests send as fast as they can; what is about throughput says so.
    THROUGHPUT_PER_SECOND: '10000,10000,10000,10000,10000',
    // Their templates are all new; what is about pacing says so.
    TEMPLATE_SAMPLE: '1000000',
    // They ask as often as they like, also while the clock stands still; what is about budgets of requests says so.
    ...AMPLE_REQUESTS,
    // Traces are looked at, too, and are off otherwise, as they are for most.
    ...(isScanning() ? { OTEL_EXPORTER_OTLP_ENDPOINT: await traceSink() } : {}),
    ...settings,
  });
  const logs: string[] = [];
  const console = new KeptConsole();
  const options = {
    configuration,
    keys: KeyRing.load(configuration),
    log: createLogger(configuration, {
      write: (line: string) => {
        logs.push(line);
        keepReport(line);
      },
    }),
    console,
    databaseUrl: database.appUrl,
    name: 'assent-test',
  };
  const listening = async (modules: Type[], keys?: string) => {
    const app = await createServer(keys ? { ...options, keys: KeyRing.parse(keys) } : options, modules);
    await app.listen(0, '127.0.0.1');
    return app;
  };
  const app = await listening(worker ? [ApiModule, WorkerModule] : [ApiModule]);
  rmSync(directory, { recursive: true });
  const admin = await app.get(CreateFirstAdmin, { strict: false }).execute();
  if (!admin) throw new Error('The first admin was there already');
  return new TestPlatform(await app.getUrl(), app, database, console, logs, admin.token, (keys) =>
    listening([ApiModule], keys),
  );
}
