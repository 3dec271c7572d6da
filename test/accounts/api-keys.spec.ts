import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  anApiKey,
  aBusiness,
  anUnverifiedBusiness,
  type TestBusiness,
} from '../support/builders/accounts.js';
import { plantFault } from '../support/plant-fault.js';
import { startPlatform, type TestPlatform, until } from '../support/platform.js';

let platform: TestPlatform;
let business: TestBusiness;
beforeAll(async () => {
  platform = await startPlatform({}, { worker: false });
  business = await aBusiness(platform);
});
afterAll(() => platform.stop());

const CREATE = `mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) {
  __typename
  ... on CreateApiKeyPayload { secret apiKey { id name hint scopes createdBy expiresAt revokedAt lastUsedAt } }
  ... on Refusal { reason message retryAt }
} }`;
const REVOKE = `mutation ($input: RevokeApiKeyInput!) { revokeApiKey(input: $input) {
  __typename
  ... on RevokeApiKeyPayload { apiKey { id revokedAt } }
  ... on Refusal { reason message }
} }`;
const LIST = `query ($first: Int!, $after: String) { apiKeys(first: $first, after: $after) {
  nodes { id name hint revokedAt lastUsedAt } pageInfo { hasNextPage endCursor } } }`;
const VIEWER = '{ viewer { permissions member { id } apiKey { id hint } business { id } } }';

interface Keys {
  apiKeys: { nodes: { id: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
}

const failure = async (token: string, query = VIEWER, variables = {}) =>
  (await platform.business(token).raw(query, variables)).errors?.[0]?.extensions.code;
const revoke = async (token: string, id: string) =>
  (await platform.business(token).do(REVOKE, { input: { id } }))['revokeApiKey'];

describe('an API key', () => {
  it('is shown once, stored as a hash, and speaks for its business', async () => {
    const { createApiKey } = await platform
      .business(business.token)
      .do(CREATE, { input: { name: ' Shop ', scopes: ['messages:send', 'account:read', 'messages:send'] } });
    const { secret, apiKey } = createApiKey;
    expect(secret).toMatch(/^ak_live_/);
    expect(apiKey).toMatchObject({
      name: 'Shop',
      hint: secret.slice(-4),
      scopes: ['account:read', 'messages:send'],
      createdBy: expect.stringMatching(/^mem_/),
      expiresAt: null,
      revokedAt: null,
      lastUsedAt: null,
    });
    const { viewer } = await platform.business(secret).do(VIEWER);
    expect(viewer).toEqual({
      permissions: ['account:read', 'messages:send'],
      member: null,
      apiKey: { id: apiKey.id, hint: apiKey.hint },
      business: { id: business.id },
    });
    const stored = await platform.database.sql<{ row: string }>('SELECT k::text AS row FROM api_key k');
    for (const { row } of stored) expect(row).not.toContain(secret.slice(8, 40));
    expect(JSON.stringify(await platform.business(business.token).do(LIST, { first: 100 }))).not.toContain(
      secret,
    );
  });

  it('may do what its scopes say and nothing else', async () => {
    const { secret } = await anApiKey(platform, business.token, { scopes: ['messages:send'] });
    expect(await failure(secret)).toBe('FORBIDDEN');
    const reader = await anApiKey(platform, business.token, { scopes: ['account:read'] });
    expect(await failure(reader.secret)).toBeUndefined();
  });

  it('makes, lists and revokes no keys, proves no domain and ends no session, whatever its scopes', async () => {
    const { apiKey: key } = business;
    expect(await failure(key, CREATE, { input: { name: 'More', scopes: ['account:read'] } })).toBe(
      'FORBIDDEN',
    );
    expect(await failure(key, REVOKE, { input: { id: business.apiKeyId } })).toBe('FORBIDDEN');
    expect(await failure(key, LIST, { first: 1 })).toBe('FORBIDDEN');
    expect(await failure(key, '{ domainChallenge(website: "https://example.com") { host } }')).toBe(
      'FORBIDDEN',
    );
    expect(await failure(key, 'mutation { signOut { signedOut } }')).toBe('FORBIDDEN');
  });

  it('is refused from the next request on when it is revoked', async () => {
    const { secret, id } = await anApiKey(platform, business.token);
    expect(await failure(secret)).toBeUndefined();
    const first = await revoke(business.token, id);
    expect(first.apiKey).toEqual({ id, revokedAt: expect.any(String) });
    expect(await failure(secret)).toBe('UNAUTHENTICATED');
    expect(await revoke(business.token, id)).toEqual(first);
  });

  it('is not another business’s to revoke, or to see', async () => {
    const other = await anUnverifiedBusiness(platform);
    expect(await revoke(other.token, business.apiKeyId)).toMatchObject({ reason: 'KEY_NOT_FOUND' });
    expect(await revoke(other.token, 'key_nonsense')).toMatchObject({ reason: 'KEY_NOT_FOUND' });
    const { apiKeys } = await platform.business(other.token).do(LIST, { first: 100 });
    expect(apiKeys.nodes).toEqual([]);
    expect(await failure(business.apiKey)).toBeUndefined();
  });

  it('is kept from other businesses by the database too, should a statement forget whose it is', async () => {
    const other = await anUnverifiedBusiness(platform);
    const repair = plantFault((sql) => sql.replace('business_id = $1 AND id', '$1::uuid IS NOT NULL AND id'));
    await revoke(other.token, business.apiKeyId).finally(repair);
    expect(await failure(business.apiKey)).toBeUndefined();
  });

  it('tells when it was last used, to the minute', async () => {
    const { secret, id } = await anApiKey(platform, business.token);
    const lastUse = async () => {
      const [row] = await platform.database.sql<{ id: string; last_used_at: Date | null }>(
        'SELECT last_used_at FROM api_key WHERE hint = $1 ORDER BY id DESC LIMIT 1',
        [secret.slice(-4)],
      );
      return row?.last_used_at ?? undefined;
    };
    expect(await lastUse()).toBeUndefined();
    await Promise.all(Array.from({ length: 20 }, () => failure(secret)));
    const first = await until('the use is noted', lastUse);
    await failure(secret);
    const { apiKeys } = await platform.business(business.token).do(LIST, { first: 1 });
    expect(apiKeys.nodes).toMatchObject([{ id, lastUsedAt: first.toISOString() }]);
    // Further than any debt of a budget, so that nobody owes one when the clock is set back.
    await platform.shiftClock(240_000);
    await failure(secret);
    await until('it is noted again', async () => (await lastUse())!.getTime() - first.getTime() >= 60_000);
    await platform.shiftClock(0);
  });

  it.each([
    [{ scopes: [] }, 'input.scopes'],
    [{ scopes: ['keys:manage'] }, 'input.scopes[0]'],
    [{ scopes: ['account:read', 'everything'] }, 'input.scopes[1]'],
    [{ name: '' }, 'input.name'],
    [{ expiresAt: '2020-01-01T00:00:00.000Z' }, 'input.expiresAt'],
  ])('with %j names the field that is wrong', async (changes, field) => {
    const input = { name: 'Key', scopes: ['account:read'], ...changes };
    const { errors } = await platform.business(business.token).raw(CREATE, { input });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_INPUT', faults: [{ field }] });
  });
});

describe('the keys of a business', () => {
  it('are listed newest first, page by page', async () => {
    const { token } = await anUnverifiedBusiness(platform);
    const made: string[] = [];
    for (let at = 0; at < 5; at++) made.unshift((await anApiKey(platform, token, { name: `Key ${at}` })).id);
    const read: string[] = [];
    for (let after: string | null = null, more = true; more;) {
      const { apiKeys }: Keys = await platform.business(token).do(LIST, { first: 2, after });
      read.push(...apiKeys.nodes.map(({ id }) => id));
      more = apiKeys.pageInfo.hasNextPage;
      after = apiKeys.pageInfo.endCursor;
    }
    expect(read).toEqual(made);
    for (const [variables, field] of [
      [{ first: 0 }, 'apiKeys.first'],
      [{ first: 101 }, 'apiKeys.first'],
      [{ first: 1, after: 'nonsense' }, 'apiKeys.after'],
    ] as const) {
      const { errors } = await platform.business(token).raw(LIST, variables);
      expect(errors?.[0]?.extensions.faults).toMatchObject([{ field }]);
    }
  });

  it('are at most fifty live ones, however many are made at once', async () => {
    const { token } = await anUnverifiedBusiness(platform);
    const create = async (changes = {}) =>
      (
        await platform
          .business(token)
          .do(CREATE, { input: { name: 'One of many', scopes: ['account:read'], ...changes } })
      )['createApiKey'];
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    await create({ expiresAt });
    const answers = await Promise.all(Array.from({ length: 60 }, () => create()));
    const made = answers.filter(({ secret }) => secret);
    expect(made).toHaveLength(49);
    for (const { reason, retryAt } of answers.filter(({ secret }) => !secret)) {
      expect({ reason, retryAt }).toEqual({ reason: 'TOO_MANY_KEYS', retryAt: expiresAt });
    }
    await revoke(token, made[0].apiKey.id);
    expect(await create()).toMatchObject({ __typename: 'CreateApiKeyPayload' });
  });
});

describe('members by role', () => {
  const OPERATIONS = {
    viewer: VIEWER,
    apiKeys: '{ apiKeys(first: 1) { nodes { id } } }',
    createApiKey: `mutation { createApiKey(input: { name: "K", scopes: ["account:read"] }) { __typename } }`,
    revokeApiKey: `mutation { revokeApiKey(input: { id: "key_none" }) { __typename } }`,
    domainChallenge: '{ domainChallenge(website: "https://example.com") { host } }',
    submitVerification: `mutation { submitVerification(input: { legalName: "L", registrationNumber: "1",
      country: "DE", website: "https://example.com", evidence: DNS_TXT }) { __typename } }`,
  };
  type Operation = keyof typeof OPERATIONS;
  const READS: Operation[] = ['viewer'];
  const ALL = Object.keys(OPERATIONS) as Operation[];
  const ALLOWED = { OWNER: ALL, ADMIN: ALL, AGENT: READS, ANALYST: READS };
  const CELLS = Object.entries(ALLOWED).flatMap(([role, allowed]) =>
    ALL.map((operation) => ({ role, operation, may: allowed.includes(operation) })),
  );

  it.each(CELLS)('$role may use $operation: $may', async ({ role, operation, may }) => {
    // Verified, so that submitting is refused by the state and no network is asked.
    await platform.database.sql('UPDATE member SET role = $1::member_role WHERE email = $2', [
      role,
      business.ownerEmail,
    ]);
    expect(await failure(business.token, OPERATIONS[operation])).toBe(may ? undefined : 'FORBIDDEN');
  });
});
