import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { startPlatform, type TestPlatform, until } from '../support/platform.js';

const MOST = 10;

describe('a process with too many requests', () => {
  let platform: TestPlatform;

  beforeAll(async () => {
    // A quarter of its connections look for sessions, so that all of the requests get as far as the lock.
    const settings = { OVERLOAD_REQUESTS: String(MOST), DATABASE_POOL_SIZE: String(4 * MOST) };
    platform = await startPlatform(settings, { worker: false });
  });
  afterAll(() => platform.stop());

  const ask = () =>
    fetch(`${platform.url}/admin/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${platform.admin().token}` },
      body: JSON.stringify({ query: '{ admin { name } }' }),
    });

  it('refuses further ones at once, with a time, and answers those that it has', async () => {
    const url = new URL(process.env['TEST_OWNER_URL'] ?? '');
    url.pathname = new URL(platform.database.appUrl).pathname;
    const blocking = new pg.Client({ connectionString: url.href });
    await blocking.connect();
    await blocking.query('BEGIN; LOCK TABLE admin IN ACCESS EXCLUSIVE MODE');
    const begun = Array.from({ length: MOST }, ask);
    await until('all of them wait', async () => {
      const [row] = await platform.database.sql<{ count: number }>(
        `SELECT count(*)::integer AS count FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      return row?.count === MOST;
    });

    const refused = await ask();
    const seconds = Number(refused.headers.get('retry-after'));
    const { errors } = (await refused.json()) as {
      errors: { extensions: { code: string; retryAt: string } }[];
    };
    expect(refused.status).toBe(503);
    expect(seconds).toBeGreaterThanOrEqual(1);
    expect(errors[0]?.extensions.code).toBe('OVERLOADED');
    expect(Math.abs(Date.parse(errors[0]!.extensions.retryAt) - Date.now() - seconds * 1_000)).toBeLessThan(
      2_000,
    );
    expect((await fetch(`${platform.url}/health/live`)).status).toBe(200);
    expect((await fetch(`${platform.url}/stop/unknown`)).status).not.toBe(503);

    await blocking.end();
    for (const answer of await Promise.all(begun)) expect(answer.status).toBe(200);
    expect((await ask()).status).toBe(200);
  });
});
