import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { aBusiness, type TestBusiness } from '../support/builders/accounts.js';
import { plantFault } from '../support/plant-fault.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';

let platform: TestPlatform;
let business: TestBusiness;
beforeAll(async () => {
  platform = await startPlatform({}, { worker: false });
});
beforeEach(async () => {
  business = await aBusiness(platform);
});
afterAll(() => platform.stop());

const CREATE = `mutation ($input: CreateWebhookEndpointInput!, $key: String) {
  made: createWebhookEndpoint(input: $input, idempotencyKey: $key) {
    __typename
    ... on CreateWebhookEndpointPayload { secret endpoint { id url createdAt } }
    ... on Refusal { reason }
  } }`;
const AT_ONCE = 32;

const an = (url: string) => ({ url, types: ['message.status'] });
const create = (key: string | null, url = 'https://shop.example.com/hook', of = business) =>
  platform.business(of.token).raw(CREATE, { input: an(url), key });
const codeOf = (answer: Awaited<ReturnType<typeof create>>) => answer.errors?.[0]?.extensions.code;
const endpoints = async () =>
  (await platform.database.sql('SELECT FROM webhook_endpoint WHERE disabled_at IS NULL')).length;

/** Asks for the same thing many times at once. @returns how many were made */
async function race(): Promise<{ made: number; answers: Awaited<ReturnType<typeof create>>[] }> {
  const before = await endpoints();
  const key = randomUUID();
  const answers = await Promise.all(Array.from({ length: AT_ONCE }, () => create(key)));
  return { made: (await endpoints()) - before, answers };
}

describe('a mutation that makes something, under an idempotency key', () => {
  it('answers a retry as it did, its secret too, says so, and makes nothing more', async () => {
    const before = await endpoints();
    const first = await create('one');
    const again = await create('one');
    expect(first.data['made'].secret).toMatch(/^whsec_/);
    expect(again.data).toEqual(first.data);
    expect(first.extensions?.replayed).toBeUndefined();
    expect(again.extensions?.replayed).toEqual(['made']);
    expect((await endpoints()) - before).toBe(1);
  });

  it('refuses the key for anything else', async () => {
    await create('other body');
    expect(codeOf(await create('other body', 'https://shop.example.com/other'))).toBe('IDEMPOTENCY_CONFLICT');
  });

  it('makes another one without a key, and under the key of somebody else', async () => {
    const other = await aBusiness(platform);
    const first = await create('mine');
    const theirs = await create('mine', undefined, other);
    const without = [await create(null), await create(null)];
    const ids = [first, theirs, ...without].map(({ data }) => data['made'].endpoint.id);
    expect(new Set(ids).size).toBe(4);
    expect([theirs, ...without].map(({ extensions }) => extensions?.replayed)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it.each([
    ['an empty key', '', 'must have 1 to 255 characters'],
    ['a key of 256 characters', 'k'.repeat(256), 'must have 1 to 255 characters'],
    ['a key with a zero byte', 'k\0', 'must be well-formed Unicode without zero bytes'],
    ['half a pair of surrogates as a key', '\ud800', 'must be well-formed Unicode without zero bytes'],
  ])('refuses %s', async (_, key, rule) => {
    const [error] = (await create(key)).errors ?? [];
    expect(error?.extensions).toMatchObject({
      code: 'BAD_INPUT',
      faults: [{ field: 'createWebhookEndpoint.idempotencyKey', rule }],
    });
  });

  it('keeps nothing of what failed, so that the key is free for what was meant', async () => {
    expect(codeOf(await create('typo', 'nonsense'))).toBe('BAD_INPUT');
    expect((await create('typo')).data['made'].secret).toMatch(/^whsec_/);
  });

  it('keeps neither effect nor answer where the answer can not be kept', async () => {
    const before = await endpoints();
    const heal = plantFault((sql) => sql.replace('INSERT INTO keyed_answer', 'INSERT INTO no_such_table'));
    try {
      expect(codeOf(await create('lost'))).toBe('INTERNAL_SERVER_ERROR');
    } finally {
      heal();
    }
    expect(await endpoints()).toBe(before);
    const { data, extensions } = await create('lost');
    expect(data['made'].endpoint.url).toBe('https://shop.example.com/hook');
    expect(extensions?.replayed).toBeUndefined();
  });

  it('makes one of 32 requests at once; the others are answered alike, or told when to come back', async () => {
    const { made, answers } = await race();
    expect(made).toBe(1);
    const told = answers.filter((answer) => codeOf(answer) === 'IDEMPOTENCY_IN_FLIGHT');
    for (const { errors } of told) {
      expect(Date.parse(errors?.[0]?.extensions.retryAt ?? '')).toBeGreaterThan(Date.now() - 60_000);
    }
    const ids = answers.flatMap(({ data }) => data?.['made']?.endpoint?.id ?? []);
    expect(ids.length + told.length).toBe(AT_ONCE);
    expect(new Set(ids).size).toBe(1);
  });

  it('would make several without the lock of the key: the race tells', async () => {
    const heal = plantFault((sql) =>
      sql.replace('pg_try_advisory_xact_lock($1::bigint)', '($1::bigint IS NOT NULL)'),
    );
    try {
      expect((await race()).made).toBeGreaterThan(1);
    } finally {
      heal();
    }
  });

  it('stores neither key nor answer in the clear', async () => {
    const key = `key-${randomUUID()}`;
    const { data } = await create(key, 'https://clear.example.com/hook');
    const rows = await platform.database.sql<{ text: string }>(
      `SELECT encode(answer, 'escape') || encode(key_hash, 'escape') || encode(body_hash, 'escape') AS text FROM keyed_answer`,
    );
    const stored = rows.map(({ text }) => text).join('\n');
    const secrets = [key, data['made'].secret as string, 'clear.example.com'];
    expect(secrets.filter((secret) => stored.includes(secret))).toEqual([]);
  });

  it('forgets a key after 7 days', async () => {
    await create('a week');
    await platform.database.sql(`UPDATE member_session SET expires_at = expires_at + interval '1 year'`);
    await platform.shiftClock(7 * 24 * 3_600_000 - 60_000);
    expect((await create('a week')).extensions?.replayed).toEqual(['made']);
    await platform.shiftClock(7 * 24 * 3_600_000 + 60_000);
    expect((await create('a week')).extensions?.replayed).toBeUndefined();
    await platform.shiftClock(9 * 24 * 3_600_000);
    const partitions = async () =>
      (
        await platform.database.sql(
          `SELECT inhrelid FROM pg_inherits WHERE inhparent IN ('keyed_answer'::regclass, 'idempotency'::regclass)`,
        )
      ).length;
    const before = await partitions();
    await platform.database.sql('SELECT assent_drop_partitions()');
    expect(await partitions()).toBeLessThan(before);
  });
});
