import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RequestBudgets } from '@assent/platform';
import { aBusiness, anApiKey } from '../support/builders/accounts.js';
import { contactsOf } from '../support/builders/matching.js';
import { aPerson } from '../support/builders/people.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { failInsert } from '../support/plant-fault.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';

const UNITS_A_MINUTE = 1_000;
/** `{ messages(first: 9) … }` */
const COST = 10;
const READ = `{ messages(first: 9) { nodes { id } } }`;

const post = (url: string, body: object, headers: Record<string, string> = {}) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

/** Asks so often at the same time, and says how many were answered and how many units came in meanwhile. */
async function race(times: number, clients: GraphQLClient[]): Promise<{ units: number; refilled: number }> {
  const began = Date.now();
  const answers = await Promise.all(
    Array.from({ length: times }, (_, at) => clients[at % clients.length]!.raw(READ)),
  );
  expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200, 429]));
  return {
    units: answers.filter((answer) => answer.data).length * COST,
    refilled: ((Date.now() - began + 50) / 60_000) * UNITS_A_MINUTE,
  };
}

describe('budgets of requests', () => {
  let platform: TestPlatform;
  let owner: string;

  beforeAll(async () => {
    platform = await startPlatform(
      {
        REQUEST_UNITS_KEY: String(UNITS_A_MINUTE),
        REQUEST_UNITS_PERSON: '100',
        REQUEST_UNITS_MEMBER: '200000',
      },
      { worker: false },
    );
    owner = (await aBusiness(platform)).token;
  });
  afterAll(() => platform.stop());

  const aKey = async () => platform.business((await anApiKey(platform, owner)).secret);

  it('of one process give what they hold and not a unit more, however many requests race', async () => {
    const { units, refilled } = await race(150, [await aKey()]);
    expect(units).toBeGreaterThanOrEqual(UNITS_A_MINUTE);
    expect(units).toBeLessThanOrEqual(UNITS_A_MINUTE + refilled);
  });

  it('are shared by processes, which overdraw them by at most a twentieth for each but one', async () => {
    const key = await aKey();
    const other = platform.business(key.token, await platform.anotherServer());
    const { units, refilled } = await race(200, [key, other]);
    expect(units).toBeGreaterThanOrEqual(UNITS_A_MINUTE);
    expect(units).toBeLessThanOrEqual(UNITS_A_MINUTE * (1 + 1 / 20) + refilled);
  });

  it('refuse with 429, Retry-After and the time from which on the same request passes', async () => {
    const { api } = await aPerson(platform);
    const ask = () =>
      post(
        api.url,
        { query: `{ notices(first: 49) { nodes { __typename } } }` },
        { authorization: `Bearer ${api.token}` },
      );
    for (let asked = 0; asked < 2; asked++) expect((await ask()).status).toBe(200);
    const refused = await ask();
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    const { data, errors } = (await refused.json()) as any;
    expect(data).toBeUndefined();
    expect(errors[0].extensions).toEqual({
      code: 'RATE_LIMITED',
      retryAt: expect.any(String),
      cost: { requested: 50, remaining: expect.any(Number), resetAt: expect.any(String) },
    });

    const wait = Date.parse(errors[0].extensions.retryAt as string) - Date.now();
    await platform.shiftClock(wait - 15_000);
    await platform.admin().do('{ __typename }'); // whatever is settled tells the process the time
    await platform.app.get(RequestBudgets, { strict: false }).settle();
    expect((await ask()).status).toBe(429);
    await platform.shiftClock(wait);
    await platform.admin().do('{ __typename }');
    await platform.app.get(RequestBudgets, { strict: false }).settle();
    expect((await ask()).status).toBe(200);
    await platform.shiftClock(0);
  });

  it('never do half of a refused operation', async () => {
    const key = await aKey();
    await race(120, [key]);
    const business = platform.business((await aBusiness(platform)).token);
    const { errors } = await key.raw(
      `mutation ($input: MatchContactsInput!) { matchContacts(input: $input) { __typename } }`,
      {
        input: {
          customers: Array.from({ length: 100 }, (_, at) => ({
            externalId: `${at}`,
            phone: '+4915112345678',
          })),
        },
      },
    );
    expect(errors?.[0]?.extensions.code).toBe('RATE_LIMITED');
    expect(await contactsOf(business)).toEqual([]);
  });

  it('are logged once where they can not be settled, and once when they are again', async () => {
    const budgets = platform.app.get(RequestBudgets, { strict: false });
    const logged = () => platform.logs.filter((line) => line.includes('Budgets of requests')).length;
    const before = logged();
    const heal = failInsert('INSERT INTO request_budget');
    await platform.admin().do('{ __typename }');
    try {
      for (let failed = 0; failed < 3; failed++)
        await expect(budgets.settle()).rejects.toThrow(/syntax error/);
      expect(logged()).toBe(before + 1);
    } finally {
      heal();
    }
    for (let settled = 0; settled < 2; settled++) await budgets.settle();
    expect(logged()).toBe(before + 2);
  });

  it('hold no name or address of anybody, and are forgotten once they are full again', async () => {
    const stored = await platform.database.sql('SELECT octet_length(subject) AS bytes FROM request_budget');
    expect(new Set(stored.map(({ bytes }: any) => bytes))).toEqual(new Set([16]));
    const budgets = platform.app.get(RequestBudgets, { strict: false });
    // Twice: the first may only wait for one that is under way.
    for (let settled = 0; settled < 2; settled++) await budgets.settle();
    await platform.shiftClock(150_000);
    await budgets.forget();
    expect(await platform.database.sql('SELECT FROM request_budget')).toEqual([]);
    await platform.shiftClock(0);
  });
});

describe('the budget of an address', () => {
  let platform: TestPlatform;

  beforeAll(async () => {
    platform = await startPlatform(
      { REQUEST_UNITS_ADDRESS: '100', TRUSTED_PROXIES: '127.0.0.1' },
      { worker: false },
    );
  });
  afterAll(() => platform.stop());

  const from = (address: string, query: string, headers: Record<string, string> = {}) =>
    post(`${platform.url}/business/graphql`, { query }, { 'x-forwarded-for': address, ...headers });
  const statuses = async (times: number, ask: () => Promise<Response>) => {
    const seen: number[] = [];
    for (let asked = 0; asked < times; asked++) seen.push((await ask()).status);
    return seen;
  };
  const SIGN_IN = `mutation { signIn(input: { email: "a@example.com", code: "000000" }) { __typename } }`;

  it('allows few attempts to sign in, each address its own, whatever stands before it', async () => {
    expect(await statuses(3, () => from('198.51.100.1', SIGN_IN))).toEqual([200, 200, 429]);
    expect((await from('203.0.113.9, 198.51.100.1', SIGN_IN)).status).toBe(429);
    expect((await from('198.51.100.2', SIGN_IN)).status).toBe(200);
  });

  it('pays for what can not be read, and for tokens that are nobody’s', async () => {
    const unreadable = await statuses(12, () => from('198.51.100.3', '{'));
    expect(unreadable).toEqual([...Array(11).fill(400), 429]);
    const forged = await statuses(12, () =>
      from('198.51.100.4', '{ __typename }', { authorization: 'Bearer x' }),
    );
    expect(forged.at(-1)).toBe(429);
  });

  it('is not asked for what a carrier signed, and pays for what nobody did', async () => {
    const inbound = (address: string) =>
      post(`${platform.url}/carriers/sms/inbound`, {}, { 'x-forwarded-for': address });
    expect(await statuses(11, () => inbound('198.51.100.6'))).toEqual([...Array(10).fill(401), 429]);
    const guessed = await statuses(11, () =>
      fetch(`${platform.url}/stop/guess`, { headers: { 'x-forwarded-for': '198.51.100.7' } }),
    );
    expect(guessed).toEqual([...Array(10).fill(404), 429]);
  });

  it('pays for files that nobody valid sends or fetches', async () => {
    const headers = { 'x-forwarded-for': '198.51.100.8' };
    const fetched = await statuses(11, () => fetch(`${platform.url}/person/exports/exp_1`, { headers }));
    expect(fetched).toEqual([...Array(10).fill(401), 429]);
    const results = `${platform.url}/business/consent-imports/imp_1/results`;
    expect((await fetch(results, { headers })).status).toBe(429);
  });

  it('takes no large body from whoever presents nothing', async () => {
    const large = `{ __typename } #${'x'.repeat(300_000)}`;
    expect((await from('198.51.100.9', large)).status).toBe(413);
    expect((await from('198.51.100.9', large, { authorization: 'Bearer x' })).status).toBe(200);
  });

  it('pays for pages outside of GraphQL, and health checks are free', async () => {
    const page = () =>
      fetch(`${platform.url}/consent-log/key`, { headers: { 'x-forwarded-for': '198.51.100.5' } });
    expect(await statuses(11, page)).toEqual([...Array(10).fill(200), 429]);
    const refused = await page();
    expect(await refused.json()).toEqual({
      reason: 'RATE_LIMITED',
      message: expect.stringContaining('Too many requests'),
      retryAt: expect.any(String),
    });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    const health = () =>
      fetch(`${platform.url}/health/live`, { headers: { 'x-forwarded-for': '198.51.100.5' } });
    expect((await health()).status).toBe(200);
  });
});
