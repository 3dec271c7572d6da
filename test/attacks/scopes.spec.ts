import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aBusiness, anApiKey, type TestBusiness } from '../support/builders/accounts.js';
import { idOfAdmin, someAdmins } from '../support/builders/admins.js';
import { aMember } from '../support/builders/staff.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';
import { API } from './groups.js';
import { postJson } from './raw-request.js';

let platform: TestPlatform;
let business: TestBusiness;
const ROLES = ['REVIEWER', 'POLICY', 'SUPPORT', 'AUDITOR'] as const;
let admins: Record<(typeof ROLES)[number], GraphQLClient>;

beforeAll(async () => {
  platform = await startPlatform({}, { worker: false });
  business = await aBusiness(platform);
  admins = await someAdmins(platform, ROLES);
});
afterAll(() => platform.stop());

describe(API[5], () => {
  it.each(['ADMIN', 'AGENT', 'ANALYST'] as const)(
    'gives a key of no scope that the %s does not have',
    async (role) => {
      const { api } = await aMember(platform, business, role);
      const { codes } = await postJson(
        api.url,
        {
          query: 'mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { __typename } }',
          variables: { input: { name: 'Mine', scopes: ['keys:manage'] } },
        },
        { authorization: `Bearer ${api.token}` },
      );
      expect(codes[0]).toMatch(/BAD_INPUT|FORBIDDEN/);
    },
  );

  it.each([
    '*',
    'members:manage',
    'keys:manage',
    'verification:submit',
    'admin',
    'messages:*',
    'MESSAGES:READ',
    'messages:read ',
    '',
  ])('makes no key with the scope %p', async (scope) => {
    const { codes } = await postJson(
      `${platform.url}/business/graphql`,
      {
        query: 'mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { __typename } }',
        variables: { input: { name: 'Greedy', scopes: [scope] } },
      },
      { authorization: `Bearer ${business.token}` },
    );
    expect(codes).toEqual(['BAD_INPUT']);
  });

  it.each([
    [
      'contacts by way of messages',
      'messages:read',
      '{ messages { nodes { contact { consentHistory { nodes { id } } } } } }',
    ],
    ['keys by way of the viewer', 'account:read', '{ apiKeys { nodes { id } } }'],
    ['members’ addresses', 'messages:read', '{ members { nodes { email } } }'],
    ['events by way of messages', 'messages:read', '{ events { nodes { payload } } }'],
    [
      'the verification of the business',
      'messages:read',
      '{ domainChallenge(website: "https://example.com") { fileContent } }',
    ],
  ])('gives a key no %s', async (_, scope, query) => {
    const { secret } = await anApiKey(platform, business.token, { scopes: [scope] });
    const { codes, data } = await postJson(
      `${platform.url}/business/graphql`,
      { query },
      { authorization: `Bearer ${secret}` },
    );
    if (codes.length === 0) expect(data).toEqual({ messages: { nodes: [] } });
    else expect(codes[0]).toBe('FORBIDDEN');
  });

  it.each(
    ROLES.flatMap((role) =>
      ['setAdminRole', 'addAdmin', 'removeAdmin'].map((operation) => [role, operation] as const),
    ),
  )('lets a %s make nobody an owner, nor be the last one there, by %s', async (role, operation) => {
    const [own, owner] = [await idOfAdmin(admins[role]), await idOfAdmin(platform.admin())];
    const inputs: Record<string, object> = {
      setAdminRole: { admin: own, role: 'OWNER' },
      addAdmin: { email: 'another@example.com', name: 'Another', role: 'OWNER' },
      removeAdmin: { admin: owner },
    };
    const type = `${operation[0]!.toUpperCase()}${operation.slice(1)}Input`;
    const { codes } = await postJson(
      admins[role].url,
      {
        query: `mutation ($input: ${type}!) { ${operation}(input: $input) { __typename } }`,
        variables: { input: inputs[operation] },
      },
      { authorization: `Bearer ${admins[role].token}` },
    );
    expect(codes).toEqual(['FORBIDDEN']);
  });
});
