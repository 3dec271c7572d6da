import { request as httpRequest } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ForgetImports, RunImports } from '@assent/matching';
import { aBusiness, anUnverifiedBusiness, type TestBusiness } from '../support/builders/accounts.js';
import {
  aFile,
  cancelImport,
  HEADER,
  importOf,
  resultsOf,
  rowOf,
  upload,
  uploaded,
} from '../support/builders/import-files.js';
import { type Reachable, reachablePeople } from '../support/builders/messaging.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { plantFault } from '../support/plant-fault.js';
import { startPlatform, type TestPlatform, until } from '../support/platform.js';

const MOST_BYTES = 1_000_000;

let platform: TestPlatform;
let account: TestBusiness;
let business: GraphQLClient;
let people: Reachable[];
let heal: () => void = () => undefined;

beforeAll(async () => {
  platform = await startPlatform({ CONSENT_IMPORT_MOST_BYTES: String(MOST_BYTES) }, { worker: false });
  account = await aBusiness(platform);
  business = platform.business(account.apiKey);
  people = await reachablePeople(platform, business, 8);
});
afterEach(async () => {
  heal();
  heal = () => undefined;
  await platform.database.sql('DELETE FROM consent_import_job');
});
afterAll(() => platform.stop());

const contact = (at: number) => people[at]?.contact ?? '';
const count = async (table: string) =>
  (await platform.database.sql<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`))[0]?.n;
const forget = () => platform.app.get(ForgetImports, { strict: false }).execute();
const work = () => platform.app.get(RunImports, { strict: false }).execute();
async function workAll(): Promise<void> {
  while (await work());
}

describe('a file of opt-ins', () => {
  it('is imported row by row, with a result for each', async () => {
    const id = await uploaded(
      platform,
      account.apiKey,
      aFile([
        rowOf(contact(0), { correlation_id: 'a "quoted", id' }),
        rowOf(contact(0), { correlation_id: 'b' }),
        rowOf('ctc_nobody', { correlation_id: 'c' }),
        rowOf('', { correlation_id: 'd', external_id: 'customer-1' }),
        rowOf(contact(2), { correlation_id: 'e', purpose: 'MATCHING' }),
        rowOf(contact(2), { correlation_id: 'f', given_at: 'yesterday' }),
      ]),
    );
    expect(await importOf(business, id)).toMatchObject({ status: 'QUEUED', rowsDone: 0, rowsTotal: null });
    await workAll();
    expect(await resultsOf(platform, account.apiKey, id)).toEqual([
      ['correlation_id', 'outcome', 'reason', 'message'],
      ['a "quoted", id', 'IMPORTED', '', ''],
      ['b', 'ALREADY', '', ''],
      ['c', 'REFUSED', 'CONTACT_UNKNOWN', 'You have no such contact.'],
      ['d', 'IMPORTED', '', ''],
      ['e', 'BAD_ROW', 'BAD_ROW', expect.stringMatching(/^Line 6: purpose must be .* only the person/)],
      ['f', 'BAD_ROW', 'BAD_ROW', 'Line 7: given_at must be a time from 1970 on, with its zone'],
    ]);
    const job = await importOf(business, id);
    expect(job).toMatchObject({ status: 'DONE', rowsDone: 6, rowsTotal: 6, failure: null });
    expect(job.bytesDone).toBe(job.bytesTotal);
    expect(job.counts).toContainEqual({ outcome: 'REFUSED', reason: 'CONTACT_UNKNOWN', rows: 1 });
    expect(job.counts).toContainEqual({ outcome: 'BAD_ROW', reason: 'BAD_ROW', rows: 2 });
  });

  it('may begin with a byte order mark, end lines either way, and have fields over several lines', async () => {
    const [first, ...rest] = HEADER.split(',');
    const file = `\uFEFF"${first}",${rest.join(',')}\r\n${rowOf(contact(3), { correlation_id: '"x"' })}\n\r\n${rowOf(contact(4), { correlation_id: '"two\nlines"' })}`;
    const id = await uploaded(platform, account.apiKey, file);
    await workAll();
    const results = await resultsOf(platform, account.apiKey, id);
    expect(results.slice(1).map(([, outcome]) => outcome)).toEqual(['IMPORTED', 'BAD_ROW']);
    expect(results[2]?.[3]).toMatch(/^Line 5: correlation_id /);
  });

  it.each([
    ['no header', 'a,b,c\n1,2,3\n', /^Line 1: the header must/],
    ['a column twice', `${HEADER},contact\n`, /^Line 1: the header must/],
    ['nothing but blank lines', '\n\n', /^Line 1: the header is missing/],
    ['a quote that is never closed', `${HEADER}\n${'"x'.padEnd(50, 'y')}\n`, /^Line \d: a quote is opened/],
    ['text behind a quote', `${HEADER}\n"x"y,\n`, /^Line 2: behind a closing quote/],
    ['a row without end', `${HEADER}\n${'x'.repeat(200_000)}`, /^Line 2: a row has more than/],
  ])('fails with the line where it is none: %s', async (_, file, failure) => {
    const id = await uploaded(platform, account.apiKey, file);
    await workAll();
    expect(await importOf(business, id)).toMatchObject({
      status: 'FAILED',
      failure: expect.stringMatching(failure),
    });
  });

  it('is taken only whole: what broke off, is empty, too large or no CSV is no job and leaves nothing', async () => {
    await new Promise<void>((resolve) => {
      const broken = httpRequest(`${platform.url}/business/consent-imports`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${account.apiKey}`,
          'content-type': 'text/csv',
          'content-length': 900_000,
        },
      });
      broken.once('error', () => resolve());
      broken.write('x'.repeat(600_000), () => {
        void until('some of it is stored', async () => ((await count('consent_import_piece')) ?? 0) > 0).then(
          () => broken.destroy(),
        );
      });
    });
    await until('it is cleaned up', async () => (await count('consent_import_job')) === 0);
    expect((await upload(platform, account.apiKey, '')).status).toBe(400);
    expect((await upload(platform, account.apiKey, 'x'.repeat(MOST_BYTES + 1))).status).toBe(413);
    expect((await upload(platform, account.apiKey, '{}', 'application/json')).status).toBe(415);
    expect(await count('consent_import_job')).toBe(0);
    expect(await count('consent_import_piece')).toBe(0);
  });

  it('is sealed where it lies', async () => {
    await uploaded(platform, account.apiKey, aFile([rowOf('ctc_secret')]));
    const [piece] = await platform.database.sql<{ sealed: Buffer }>(
      'SELECT sealed FROM consent_import_piece',
    );
    expect(piece?.sealed.includes('correlation_id')).toBe(false);
  });

  it('is a verified business’s own, and needs consents:import', async () => {
    const id = await uploaded(platform, account.apiKey, aFile([rowOf(contact(0))]));
    const stranger = await aBusiness(platform);
    expect(await importOf(platform.business(stranger.apiKey), id)).toBeNull();
    await expect(resultsOf(platform, stranger.apiKey, id)).rejects.toThrow('404');
    expect(await cancelImport(platform.business(stranger.apiKey), id)).toMatchObject({
      reason: 'CONSENT_IMPORT_UNKNOWN',
    });
    expect((await upload(platform, 'nonsense', 'x')).status).toBe(401);
    const unverified = await anUnverifiedBusiness(platform);
    expect((await upload(platform, unverified.token, 'x')).status).toBe(403);
    const reader = await aBusiness(platform, { scopes: ['contacts:read'] });
    expect((await upload(platform, reader.apiKey, 'x')).status).toBe(403);
  });

  it('can be cancelled, by which its rows are no longer begun', async () => {
    const id = await uploaded(platform, account.apiKey, aFile([rowOf(contact(5))]));
    expect(await cancelImport(business, id)).toMatchObject({ consentImport: { status: 'CANCELLED' } });
    await workAll();
    expect(await importOf(business, id)).toMatchObject({ status: 'CANCELLED', rowsDone: 0 });
  });

  it('is one of at most five at a time', async () => {
    const answers = [];
    for (let nr = 0; nr < 6; nr++) answers.push((await upload(platform, account.apiKey, HEADER)).status);
    expect(answers).toEqual([202, 202, 202, 202, 202, 409]);
  });

  it('goes on where a worker that died left it, and every row has its result once', async () => {
    const rows = Array.from({ length: 2_500 }, (_, nr) => rowOf('ctc_nobody', { correlation_id: `r-${nr}` }));
    const id = await uploaded(platform, account.apiKey, aFile(rows));
    // Dies in the second batch, after it has written, before it commits.
    let advances = 0;
    heal = plantFault((sql) =>
      sql.includes('SET header = $3') && ++advances === 2 ? `SELECT 1 / 0 AS died /* ${sql} */` : sql,
    );
    await expect(work()).rejects.toThrow();
    heal();
    expect(await importOf(business, id)).toMatchObject({ status: 'RUNNING', rowsDone: 1_000 });
    // Its lease still holds.
    expect(await work()).toBe(false);
    await platform.shiftClock(31_000);
    await workAll();
    await platform.shiftClock(0);
    const results = await resultsOf(platform, account.apiKey, id);
    expect(results.slice(1).map(([correlationId]) => correlationId)).toEqual(rows.map((_, nr) => `r-${nr}`));
  });

  it('is not touched any more by a worker that lost it', async () => {
    const rows = Array.from({ length: 1_500 }, (_, nr) => rowOf('ctc_nobody', { correlation_id: `l-${nr}` }));
    const id = await uploaded(platform, account.apiKey, aFile(rows));
    let stolen = false;
    heal = plantFault((sql) => {
      if (!sql.includes('SET header = $3') || stolen) return sql;
      stolen = true; // as if another worker had claimed it meanwhile
      return sql.replace('fence = $2', 'fence = $2 + 1');
    });
    await work();
    heal();
    expect(await importOf(business, id)).toMatchObject({ rowsDone: 0 });
    expect(await count('consent_import_result')).toBe(0);
  });

  it('is forgotten 30 days after its end, and its pieces at once', async () => {
    const id = await uploaded(platform, account.apiKey, aFile([rowOf('ctc_nobody')]));
    await workAll();
    await forget();
    expect(await count('consent_import_piece')).toBe(0);
    expect(await importOf(business, id)).toMatchObject({ status: 'DONE' });
    await platform.shiftClock(31 * 86_400_000);
    await forget();
    await forget();
    await platform.shiftClock(0);
    expect(await count('consent_import_job')).toBe(0);
    expect(await count('consent_import_result')).toBe(0);
  });
});
