import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aBusiness } from '../support/builders/accounts.js';
import { aFile, importOf, resultsOf, rowOf, uploaded } from '../support/builders/import-files.js';
import { reachablePeople } from '../support/builders/messaging.js';
import { startPlatform, type TestPlatform, until } from '../support/platform.js';
import { build } from './build.js';
import { PlatformFolder } from './platform-folder.js';

const ROWS = 20_000;
const PURPOSES = ['AUTHENTICATION', 'SERVICE', 'MARKETING', 'ADS', 'ANALYTICS'];
const PEOPLE = 20;
/** For so long a file stays with the worker that claimed it, should that one be dead. */
const LEASE_MS = 30_000;
const PATIENCE_MS = 120_000;

describe('a worker that is killed in the middle of a file of opt-ins', () => {
  const folder = new PlatformFolder();
  const keys = `1:${randomBytes(32).toString('base64')}`;
  let platform: TestPlatform;

  beforeAll(() => build(), 180_000);
  beforeAll(async () => {
    platform = await startPlatform({ ASSENT_KEYS: keys }, { worker: false });
  });
  afterAll(async () => {
    await folder.remove();
    await platform.stop();
  });

  it('leaves it to another one, and every row has its result once', async () => {
    const { apiKey } = await aBusiness(platform);
    const business = platform.business(apiKey);
    const people = await reachablePeople(platform, business, PEOPLE);
    const rows = Array.from({ length: ROWS }, (_, nr) =>
      rowOf(people[nr % PEOPLE]?.contact ?? '', {
        correlation_id: `r-${nr}`,
        purpose: PURPOSES[Math.floor(nr / PEOPLE) % PURPOSES.length] ?? '',
      }),
    );
    const id = await uploaded(platform, apiKey, aFile(rows));
    const startWorker = () =>
      folder.start({ DATABASE_URL: platform.database.appUrl, ASSENT_KEYS: keys }, 'worker/src/main');

    const first = startWorker();
    const isAt = async (row: number) => (await importOf(business, id)).rowsDone >= row;
    await until('it is in the middle', () => isAt(3_000), PATIENCE_MS);
    first.signal('SIGKILL');
    expect(await first.exit()).toBe('SIGKILL');
    expect((await importOf(business, id)).status).toBe('RUNNING');

    await platform.shiftClock(LEASE_MS + 1);
    startWorker();
    await until('it is done', async () => (await importOf(business, id)).status === 'DONE', PATIENCE_MS);
    expect(await importOf(business, id)).toMatchObject({ rowsDone: ROWS, rowsTotal: ROWS });

    const results = (await resultsOf(platform, apiKey, id)).slice(1);
    expect(results.map(([correlationId]) => correlationId)).toEqual(rows.map((_, nr) => `r-${nr}`));
    const imported = results.filter(([, outcome]) => outcome === 'IMPORTED');
    expect(imported).toHaveLength(PEOPLE * PURPOSES.length);
    const [kept] = await platform.database.sql(`SELECT
      (SELECT count(*)::int FROM consent_event WHERE actor = 'BUSINESS') AS events,
      (SELECT count(*)::int FROM person_notice WHERE kind = 'CONSENT_IMPORTED') AS notices,
      (SELECT count(*)::int FROM consent_import_answer) AS answers`);
    expect(kept).toEqual({
      events: imported.length,
      notices: imported.length,
      answers: ROWS,
    });
  }, 300_000);
});
