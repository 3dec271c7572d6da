import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { EmbeddedPostgres, EmbeddedPostgresError } from './embedded-postgres.ts';

const settings = { fsync: 'off', shared_buffers: '16MB', max_wal_size: '64MB' };
const running: EmbeddedPostgres[] = [];
let directory = '';

async function start(log?: (line: string) => void): Promise<EmbeddedPostgres> {
  const server = await EmbeddedPostgres.start({ directory, settings, log });
  running.push(server);
  return server;
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows.flatMap((row) => Object.values(row));
  } finally {
    await client.end();
  }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await pause(20);
}

describe('EmbeddedPostgres', () => {
  beforeAll(() => {
    const parent = mkdtempSync(path.join(tmpdir(), 'assent-'));
    chmodSync(parent, 0o755); // else root's server would have to keep its data elsewhere, and leave it behind
    directory = path.join(parent, 'postgres');
  });
  afterEach(async () => {
    for (const server of running.splice(0)) await server.stop();
  });
  afterAll(() => rmSync(path.dirname(directory), { recursive: true }));

  it('gives the owner a database that is found again after a stop, on the same port', async () => {
    const first = await start();
    await query(first.ownerUrl, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await first.stop();

    const second = await start();
    expect(second.port).toBe(first.port);
    expect(await query(second.ownerUrl, 'SELECT answer FROM kept')).toEqual([42]);
  }, 30_000);

  it('gives the application a role that owns nothing and inherits nothing', async () => {
    const { appUrl, ownerUrl } = await start();
    const roles = `SELECT rolname, rolsuper, rolinherit, rolcreaterole, rolcreatedb FROM pg_roles
      WHERE rolname IN ('assent_app', 'assent_owner') ORDER BY 1`;
    expect(await query(appUrl, roles)).toEqual([
      ...['assent_app', false, false, false, false],
      ...['assent_owner', false, true, true, true],
    ]);
    await expect(query(appUrl, 'CREATE TABLE mine ()')).rejects.toThrow('permission denied');
    expect(await query(ownerUrl, 'SHOW data_checksums')).toEqual(['on']);
  }, 30_000);

  it('keeps what clients send out of its log', async () => {
    const { appUrl } = await start();
    await expect(query(appUrl, "SELECT '+4915112345678'::integer")).rejects.toThrow('+4915112345678');
    expect(readFileSync(path.join(directory, 'server.log'), 'utf8')).not.toContain('4915112345678');
  }, 30_000);

  // Elsewhere there is nowhere to read page faults, and none of glibc's settings.
  (process.platform === 'linux' ? it : it.skip)(
    'keeps the memory that a statement took for the next one',
    async () => {
      const { appUrl } = await start();
      const client = new pg.Client({ connectionString: appUrl });
      await client.connect();
      try {
        const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
        // The process's name is in parentheses; its page faults are the eighth field behind it (proc_pid_stat(5)).
        const faults = () =>
          Number(/\) (?:\S+ ){7}(\d+)/.exec(readFileSync(`/proc/${rows[0]?.pid}/stat`, 'utf8'))?.[1]);
        const takeMemory = async (times: number) => {
          for (let time = 0; time < times; time++) await client.query("SELECT length(repeat('x', 1000000))");
        };
        await takeMemory(10);
        const before = faults();
        await takeMemory(50);
        expect(faults() - before).toBeLessThan(50);
      } finally {
        await client.end();
      }
    },
    30_000,
  );

  it('is not started twice on one folder', async () => {
    const first = await start();
    const second = await EmbeddedPostgres.start({ directory, settings }).catch((error: unknown) => error);
    expect(second).toBeInstanceOf(EmbeddedPostgresError);
    expect(second).toHaveProperty(
      'message',
      expect.stringMatching(`already runs on .* \\(pid ${process.pid}\\)`),
    );
    expect(await query(first.ownerUrl, 'SELECT 1')).toEqual([1]);
  }, 30_000);

  it('brings the server back with its data when the server is killed', async () => {
    const lines: string[] = [];
    const server = await start((line) => lines.push(line));
    await query(server.ownerUrl, 'CREATE TABLE survived AS SELECT 7 AS seven');
    process.kill(server.pid ?? NaN, 'SIGKILL');
    await until(() => lines.some((line) => line.includes('runs again')));
    expect(await query(server.ownerUrl, 'SELECT seven FROM survived')).toEqual([7]);
  }, 30_000);

  it('replaces the server that a killed platform left running', async () => {
    const script = `const { EmbeddedPostgres } = await import(${JSON.stringify(path.join(import.meta.dirname, 'embedded-postgres.ts'))});
      const { pid } = await EmbeddedPostgres.start(${JSON.stringify({ directory, settings })});
      console.log(pid);`;
    const platform = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [printed] = (await once(platform.stdout, 'data')) as [Buffer];
    const orphan = Number(printed.toString());
    platform.kill('SIGKILL');
    await once(platform, 'exit');
    process.kill(orphan, 0);

    const lines: string[] = [];
    const server = await start((line) => lines.push(line));
    expect(lines).toEqual([`Stopping the PostgreSQL server (pid ${orphan}) of an earlier run.`]);
    expect(server.pid).not.toBe(orphan);
    expect(await query(server.ownerUrl, 'SELECT 1')).toEqual([1]);
  }, 30_000);
});
