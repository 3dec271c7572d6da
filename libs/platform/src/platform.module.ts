import {
  type DynamicModule,
  Global,
  Inject,
  Module,
  type BeforeApplicationShutdown,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import type { Logger } from 'pino';
import { Configuration } from './configuration/configuration.js';
import { openPools, type Pools } from './database/data-source.js';
import { Database } from './database/database.js';
import { Hints } from './flow/hints.js';
import { IdempotentAnswers } from './idempotency/answers.js';
import { Handles } from './ids/ids.js';
import { checkKeys } from './keys/check-keys.js';
import { KeyRing } from './keys/key-ring.js';
import { BudgetStore } from './requests/budget.store.js';
import { RequestBudgets } from './requests/request-budgets.js';
import { Collectors } from './telemetry/collectors.js';
import { LOGGER } from './telemetry/logger.js';
import { OperatorConsole } from './telemetry/operator-console.js';
import { collectProcess } from './telemetry/process-meters.js';
import { Tracing } from './telemetry/tracing/tracing.js';

/** What a process is started with. */
export interface PlatformOptions {
  configuration: Configuration;
  keys: KeyRing;
  log: Logger;
  console: OperatorConsole;
  databaseUrl: string;
  /** TypeORM entities of the libraries in this process. */
  rows: (new () => object)[];
  /** The process's name in PostgreSQL's list of connections. */
  name: string;
}

const POOLS = Symbol('POOLS');

/** What every library stands on: settings, keys, pools of database connections, hints. */
@Global()
@Module({})
export class PlatformModule implements OnModuleInit, BeforeApplicationShutdown, OnApplicationShutdown {
  private readonly collecting: { stop(): void };

  constructor(
    @Inject(POOLS) private readonly pools: Pools,
    @Inject(Hints) private readonly hints: Hints,
    @Inject(Database) private readonly database: Database,
    @Inject(KeyRing) private readonly keys: KeyRing,
    @Inject(RequestBudgets) private readonly budgets: RequestBudgets,
    @Inject(Tracing) private readonly tracing: Tracing,
    @Inject(Collectors) collectors: Collectors,
  ) {
    this.collecting = collectProcess(collectors, pools);
  }

  static forRoot({
    configuration,
    keys,
    log,
    console,
    databaseUrl,
    rows,
    name,
  }: PlatformOptions): DynamicModule {
    const { settings } = configuration;
    const providers = [
      { provide: Configuration, useValue: configuration },
      { provide: KeyRing, useValue: keys },
      { provide: LOGGER, useValue: log },
      { provide: OperatorConsole, useValue: console },
      { provide: Collectors, useValue: new Collectors(log) },
      { provide: Tracing, useFactory: () => Tracing.open(configuration, keys, name) },
      { provide: Handles, useValue: new Handles(keys) },
      {
        provide: POOLS,
        useFactory: () => openPools(databaseUrl, { entities: rows, name, size: settings.DATABASE_POOL_SIZE }),
      },
      {
        provide: Database,
        inject: [POOLS],
        useFactory: (pools: Pools) => new Database(pools, settings.DATABASE_PREPARED),
      },
      {
        provide: IdempotentAnswers,
        inject: [Database],
        useFactory: (database: Database) => new IdempotentAnswers(database, keys),
      },
      {
        provide: RequestBudgets,
        inject: [Database],
        useFactory: (database: Database) =>
          new RequestBudgets(configuration, keys, new BudgetStore(database), log),
      },
      {
        provide: Hints,
        useFactory: async () => {
          const direct = settings.DATABASE_DIRECT_URL ?? databaseUrl;
          const hints = new Hints(settings.DATABASE_LISTEN ? direct : undefined, log);
          await hints.start();
          return hints;
        },
      },
    ];
    return { module: PlatformModule, providers, exports: providers };
  }

  async onModuleInit(): Promise<void> {
    await checkKeys(this.database, this.keys);
  }

  beforeApplicationShutdown(): void {
    this.hints.close();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.budgets.settle().catch(() => undefined);
    this.collecting.stop();
    await this.hints.stop();
    await Promise.all(Object.values(this.pools).map((pool) => pool.destroy()));
    await this.tracing.stop();
  }
}
