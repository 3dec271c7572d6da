/** An embedded PostgreSQL with the platform's own settings, and databases on it. */
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type EmbeddedPostgres, MIGRATIONS, platform } from './platform.ts';

/** A database that has the schema, and nobody in it. */
export interface BenchDatabase {
  appUrl: string;
  /** With all rights: for seeding, for raw limits, for figures about the server. */
  owner: pg.Pool;
}

export class Server {
  /** Master keys of the platform that runs on it. */
  readonly ring = `1:${randomBytes(32).toString('base64')}`;
  private readonly pools: pg.Pool[] = [];
  private readonly postgres: EmbeddedPostgres;
  private readonly directory: string;
  private databases = 0;

  private constructor(postgres: EmbeddedPostgres, directory: string) {
    this.postgres = postgres;
    this.directory = directory;
  }

  static async start(): Promise<Server> {
    const directory = mkdtempSync(join(tmpdir(), 'assent-bench-'));
    chmodSync(directory, 0o755);
    const server = new Server(
      await platform.EmbeddedPostgres.start({
        directory: join(directory, 'postgres'),
        // Loaded, and off but for the seconds that count statements.
        settings: { shared_preload_libraries: 'pg_stat_statements', 'pg_stat_statements.track': 'none' },
      }),
      directory,
    );
    try {
      await platform.migrate(server.postgres.ownerUrl, MIGRATIONS);
    } catch (error) {
      await server.stop();
      throw error;
    }
    return server;
  }

  /** A copy of what the migrations made. */
  async database(): Promise<BenchDatabase> {
    const name = `bench_${++this.databases}`;
    const maker = new pg.Client({ connectionString: this.postgres.superuserUrl });
    await maker.connect();
    await maker.query(`CREATE DATABASE ${name} TEMPLATE assent OWNER assent_owner`);
    await maker.end();
    const named = (url: string) => {
      const address = new URL(url);
      address.pathname = `/${name}`;
      return address.href;
    };
    const owner = new pg.Pool({ connectionString: named(this.postgres.superuserUrl), max: 16 });
    owner.on('error', () => undefined); // the server ends before its clients
    this.pools.push(owner);
    return { appUrl: named(this.postgres.appUrl), owner };
  }

  async stop(): Promise<void> {
    await Promise.all(this.pools.map((pool) => pool.end()));
    await this.postgres.stop();
    rmSync(this.directory, { recursive: true, force: true });
  }
}
