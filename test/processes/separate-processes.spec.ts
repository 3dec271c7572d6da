import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { until } from '../support/until.js';
import { build } from './build.js';
import { adminName, PlatformFolder } from './platform-folder.js';

describe('API and worker as separate processes', () => {
  const folder = new PlatformFolder();
  const keys = `1:${randomBytes(32).toString('base64')}`;
  const emptyName = `${process.env['TEST_DATABASE_PREFIX']}${randomBytes(6).toString('hex')}`;
  let database: TestDatabase;
  let settings: Record<string, string>;

  beforeAll(() => build(), 180_000);
  beforeAll(async () => {
    database = await createTestDatabase();
    settings = {
      DATABASE_URL: database.appUrl,
      ASSENT_KEYS: keys,
      NODE_ENV: 'production',
      ADMIN_SECOND_FACTOR: 'off',
      PUBLIC_URL: 'https://assent.example.com',
    };
    await database.sql(`CREATE DATABASE ${emptyName} OWNER assent_owner`);
  });
  afterAll(async () => {
    await folder.remove();
    await database.sql(`DROP DATABASE ${emptyName} WITH (FORCE)`);
    await database.drop();
  });

  const onEmpty = (role: 'OWNER' | 'APP') => {
    const url = new URL(process.env[`TEST_${role}_URL`] ?? '');
    url.pathname = `/${emptyName}`;
    return url.href;
  };
  const said = (output: string, message: string) =>
    output
      .split('\n')
      .some((line) => line.startsWith('{') && (JSON.parse(line) as { msg: string }).msg === message);

  it('serve together, log as lines of JSON, and end when they are told to', async () => {
    const apis = [folder.start(settings, 'api/src/main'), folder.start(settings, 'api/src/main')];
    const { PORT: _, ...portless } = { ...settings };
    const worker = folder.start({ ...portless, PORT: '' }, 'worker/src/main');
    const urls = await Promise.all(apis.map((api) => api.says(/"url":"([^"]+)"/)));
    await worker.says(/The worker runs/);

    const program = folder.start(settings, 'platform/src/admin-token');
    expect(await program.exit()).toBe(0);
    const token = /^(adt_\S+)$/m.exec(program.output)?.[1] ?? '';
    for (const url of urls) expect(await adminName(url, token)).toBe('First admin');

    for (const child of [...apis, worker]) child.signal('SIGTERM');
    for (const child of [...apis, worker]) {
      expect(await child.exit()).toBe(0);
      expect(said(child.output, 'The process stops')).toBe(true);
      expect(child.output.split('\n').filter((line) => line && !line.startsWith('{'))).toEqual([]);
    }
  });

  it('answer whether a worker is well, where it is given a port', async () => {
    const worker = folder.start(settings, 'worker/src/main');
    const url = await worker.says(/"health":"([^"]+)"/);
    await until('it is ready', async () => (await fetch(`${url}/health/ready`)).ok);
    expect((await fetch(`${url}/business/graphql`)).status).toBe(404);
  });

  it.each(['api/src/main', 'worker/src/main'])('refuse a database without schema (%s)', async (program) => {
    const separate = folder.start({ ...settings, DATABASE_URL: onEmpty('APP') }, program);
    expect(await separate.exit()).toBe(1);
    expect(separate.output).toMatch(/^The database has no schema yet: run `npm run migrate`/m);
  });

  it('run once somebody has migrated, and refuse a schema that is older than they are', async () => {
    const migration = { DATABASE_URL: onEmpty('APP'), MIGRATION_DATABASE_URL: onEmpty('OWNER') };
    // Two that run at the same time wait for one another.
    const programs = [1, 2].map(() => folder.start(migration, 'platform/src/migrate'));
    for (const program of programs) expect(await program.exit()).toBe(0);
    const outputs = programs.map(({ output }) => output).sort();
    expect(outputs).toEqual([
      expect.stringMatching(/^All \d+ migrations had run before\.\n$/),
      expect.stringMatching(/^Ran (\d+) of \1 migrations:\n(?: {2}\w+\d{13}\n)+$/),
    ]);

    const api = folder.start({ ...settings, DATABASE_URL: onEmpty('APP') }, 'api/src/main');
    await api.says(/The API runs/);

    const owner = new pg.Client({ connectionString: onEmpty('OWNER') });
    await owner.connect();
    await owner.query('DELETE FROM migration WHERE timestamp = (SELECT max(timestamp) FROM migration)');
    await owner.end();
    const late = folder.start({ ...settings, DATABASE_URL: onEmpty('APP') }, 'api/src/main');
    expect(await late.exit()).toBe(1);
    expect(late.output).toMatch(
      /^The database is older than this release: run `npm run migrate`.*missing: \w+\d{13}/m,
    );
  });
});
