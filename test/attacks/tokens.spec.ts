import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  aBusiness,
  anApiKey,
  anUnverifiedBusiness,
  signIn,
  type TestBusiness,
} from '../support/builders/accounts.js';
import { aMember } from '../support/builders/staff.js';
import {
  aPerson,
  aPhone,
  enterCode,
  proveNumber,
  requestCode,
  type TestPerson,
} from '../support/builders/people.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';
import { API } from './groups.js';
import { postJson, rawRequest } from './raw-request.js';

const AUDIENCES = ['business', 'person', 'admin'] as const;
type Audience = (typeof AUDIENCES)[number];

const WHO = {
  business: '{ viewer { business { id } } }',
  person: '{ me { phone } }',
  admin: '{ admin { __typename } }',
};
const DAY_MS = 86_400_000;
/** Within ten minutes it is the same possession that is proved again. */
const SAME_POSSESSION_MS = 600_001;

let platform: TestPlatform;
let business: TestBusiness;
let person: TestPerson;
/** Good where they belong. */
let tokens: Record<string, string>;

beforeAll(async () => {
  platform = await startPlatform({ REQUEST_UNITS_ADDRESS: '1000000000' }, { worker: false });
  business = await aBusiness(platform);
  person = await aPerson(platform);
  tokens = {
    business: business.token,
    person: person.token,
    admin: platform.admin().token ?? '',
    key: business.apiKey,
    testKey: (await anApiKey(platform, business.token, { mode: 'TEST' })).secret,
  };
});
afterAll(() => platform.stop());

const ask = (audience: Audience, headers: Record<string, string>) =>
  postJson(`${platform.url}/${audience}/graphql`, { query: WHO[audience] }, headers);

/** Whom a header is taken for: nobody, or somebody. */
async function takenFor(audience: Audience, authorization?: string): Promise<'nobody' | 'somebody'> {
  const { status, codes, data } = await ask(audience, authorization === undefined ? {} : { authorization });
  expect(status).toBe(200);
  if (codes.length === 0) return 'somebody';
  expect(codes).toEqual(['UNAUTHENTICATED']);
  expect(data).toBeNull();
  return 'nobody';
}

/** A token with the checksum that its text asks for. */
function signed(body: string): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(body));
  return body + bytes.toString('base64url');
}
const bodyOf = (token: string) => token.slice(0, -6);
const flipped = (text: string, at: number) =>
  text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);
const unsignedJwt = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from('{"sub":"admin"}').toString('base64url')}.`;

const forgeries: [string, (token: string) => string][] = [
  ['nothing behind the scheme', () => 'Bearer '],
  ['a token without a scheme', (token) => token],
  ['a token under another scheme', (token) => `Basic ${token}`],
  ['a token in quotes', (token) => `Bearer "${token}"`],
  ['two tokens', (token) => `Bearer ${token} ${token}`],
  ['two headers in one', (token) => `Bearer x, Bearer ${token}`],
  ['a token cut by one letter', (token) => `Bearer ${token.slice(0, -1)}`],
  ['a token cut at its front', (token) => `Bearer ${token.slice(1)}`],
  ['half a token', (token) => `Bearer ${token.slice(0, token.length / 2)}`],
  ['a token with one letter more', (token) => `Bearer ${token}A`],
  ['a token with one letter changed', (token) => `Bearer ${flipped(token, 20)}`],
  [
    'a token with one letter changed and a checksum that fits',
    (token) => `Bearer ${signed(flipped(bodyOf(token), 20))}`,
  ],
  ['a token with its checksum changed', (token) => `Bearer ${flipped(token, token.length - 1)}`],
  ['a token in capitals', (token) => `Bearer ${token.toUpperCase()}`],
  ['a token turned around', (token) => `Bearer ${[...token].reverse().join('')}`],
  [
    'its prefix alone, with a checksum that fits',
    (token) => `Bearer ${signed(/^[a-z]+(?:_(?:live|test))?_/.exec(token)![0])}`,
  ],
  [
    '43 zeros with a checksum that fits',
    (token) => `Bearer ${signed(`${/^[a-z]+(?:_(?:live|test))?_/.exec(token)![0]}${'A'.repeat(43)}`)}`,
  ],
  ['a token in base64', (token) => `Bearer ${Buffer.from(token).toString('base64')}`],
  ['an unsigned JWT', () => `Bearer ${unsignedJwt}`],
  ['SQL', () => `Bearer ' OR true --`],
  ['a pattern', (token) => `Bearer ${token.slice(0, 4)}%`],
  ['null', () => 'Bearer null'],
  ['10,000 letters', (token) => `Bearer ${token.slice(0, 4)}${'A'.repeat(8_000)}`],
];

describe(API[2], () => {
  describe.each(AUDIENCES)('at the %s endpoint', (audience) => {
    it.each(forgeries)('takes %s for nobody', async (_, forge) => {
      expect(await takenFor(audience, `Bearer ${tokens[audience]}`)).toBe('somebody');
      expect(await takenFor(audience, forge(tokens[audience]!))).toBe('nobody');
    });

    it.each(
      ['business', 'person', 'admin', 'key', 'testKey'].filter(
        (kind) => kind !== audience && !(audience === 'business' && /key/i.test(kind)),
      ),
    )('takes a good token of another audience for nobody: %s', async (kind) => {
      expect(await takenFor(audience, `Bearer ${tokens[kind]!}`)).toBe('nobody');
    });

    it.each(['mst', 'pst', 'adt', 'ert', 'ak_live', 'ak_test'])(
      'takes no secret of another kind that was relabelled %s, with a checksum that fits',
      async (prefix) => {
        for (const [kind, token] of Object.entries(tokens)) {
          const relabelled = signed(bodyOf(token).replace(/^(?:ak_live|ak_test|[a-z]+)_/, `${prefix}_`));
          if (relabelled === token) continue;
          expect({ kind, taken: await takenFor(audience, `Bearer ${relabelled}`) }).toEqual({
            kind,
            taken: 'nobody',
          });
        }
      },
    );

    it.each([
      [
        'the URL',
        (token: string) => ({
          path: `?access_token=${token}&token=${token}&authorization=Bearer%20${token}`,
          headers: {},
        }),
      ],
      [
        'a cookie',
        (token: string) => ({
          path: '',
          headers: { cookie: `authorization=Bearer ${token}; token=${token}; session=${token}` },
        }),
      ],
      ['x-api-key', (token: string) => ({ path: '', headers: { 'x-api-key': token } })],
      [
        'proxy-authorization',
        (token: string) => ({ path: '', headers: { 'proxy-authorization': `Bearer ${token}` } }),
      ],
      [
        'x-forwarded-user',
        () => ({ path: '', headers: { 'x-forwarded-user': 'admin', 'x-user-id': '1', 'x-role': 'OWNER' } }),
      ],
    ] as const)('looks for no token in %s', async (_, place) => {
      const { path, headers } = place(tokens[audience]!);
      const { codes } = await postJson(
        `${platform.url}/${audience}/graphql${path}`,
        { query: WHO[audience] },
        headers,
      );
      expect(codes).toEqual(['UNAUTHENTICATED']);
    });
  });

  it.each([
    ['an export by the session of a member', () => `/person/exports/exp_x`, () => tokens['business']!],
    ['an export by an admin', () => `/person/exports/exp_x`, () => tokens['admin']!],
    [
      'the results of a file by a person',
      () => `/business/consent-imports/imp_x/results`,
      () => tokens['person']!,
    ],
    [
      'the results of a file by an admin',
      () => `/business/consent-imports/imp_x/results`,
      () => tokens['admin']!,
    ],
  ])('gives no files to others: %s', async (_, path, token) => {
    const { status } = await rawRequest(platform.url + path(), {
      headers: { authorization: `Bearer ${token()}` },
    });
    expect(status).toBe(401);
  });

  it('takes the session of a member for nobody after they signed out', async () => {
    const { token } = await anUnverifiedBusiness(platform);
    await platform.business(token).do('mutation { signOut { __typename } }');
    expect(await takenFor('business', `Bearer ${token}`)).toBe('nobody');
  });

  it('takes the session of a person for nobody after they signed out, and their other session for them', async () => {
    const first = await aPerson(platform);
    const other = await aPerson(platform, { phone: first.phone });
    await first.api.do('mutation { signOut { __typename } }');
    expect(await takenFor('person', `Bearer ${first.token}`)).toBe('nobody');
    expect(await takenFor('person', `Bearer ${other.token}`)).toBe('somebody');
  });

  it('takes a key for nobody from its revocation on', async () => {
    const key = await anApiKey(platform, business.token);
    expect(await takenFor('business', `Bearer ${key.secret}`)).toBe('somebody');
    await platform
      .business(business.token)
      .do(`mutation ($id: ID!) { revokeApiKey(input: { id: $id }) { __typename } }`, { id: key.id });
    expect(await takenFor('business', `Bearer ${key.secret}`)).toBe('nobody');
  });

  it('takes the sessions of a number’s former owner for nobody once somebody else proved it', async () => {
    const before = await aPerson(platform);
    await platform.shiftClock(SAME_POSSESSION_MS);
    const { token } = await proveNumber(platform, before.phone, { startAnew: true });
    expect(await takenFor('person', `Bearer ${before.token}`)).toBe('nobody');
    expect(await takenFor('person', `Bearer ${token}`)).toBe('somebody');
    await platform.shiftClock(0);
  });

  it('takes everything of an erased person for nobody', async () => {
    const gone = await aPerson(platform);
    await gone.api.do('mutation { eraseMe(input: { confirm: "ERASE" }) { __typename } }');
    expect(await takenFor('person', `Bearer ${gone.token}`)).toBe('nobody');
  });

  it('takes no code of a number twice', async () => {
    const phone = aPhone();
    await proveNumber(platform, phone);
    expect(await enterCode(platform, phone, platform.code(phone))).not.toHaveProperty('token');
  });

  it('takes no code of another number', async () => {
    const [mine, theirs] = [aPhone(), aPhone()];
    await requestCode(platform, mine);
    await requestCode(platform, theirs);
    const code = platform.code(mine);
    if (code !== platform.code(theirs))
      expect(await enterCode(platform, theirs, code)).not.toHaveProperty('token');
  });

  it('takes no code that a newer one replaced', async () => {
    const phone = aPhone();
    await requestCode(platform, phone);
    const old = platform.code(phone);
    await requestCode(platform, phone);
    if (old !== platform.code(phone))
      expect(await enterCode(platform, phone, old)).not.toHaveProperty('token');
  });

  it('takes no sign-in code twice', async () => {
    const { ownerEmail } = await anUnverifiedBusiness(platform);
    await expect(signIn(platform, ownerEmail)).rejects.toThrow('Signing in was refused');
  });

  it.each([
    ['a code of letters', () => 'ABCDEF'],
    [
      'a code in other digits',
      (code: string) => code.replaceAll(/\d/g, (digit) => String.fromCodePoint(0x660 + Number(digit))),
    ],
    ['a code with blanks in it', (code: string) => [...code].join('\u00a0')],
    ['an empty code', () => ''],
    ['a code with more behind it', (code: string) => `${code}0`],
    ['a list of codes', (code: string) => `${code},${code}`],
  ])('takes no %s', async (_, change) => {
    const phone = aPhone();
    await requestCode(platform, phone);
    const { data } = await postJson(`${platform.url}/person/graphql`, {
      query:
        'mutation ($input: VerifyPhoneInput!) { verifyPhone(input: $input) { ... on VerifyPhonePayload { token } } }',
      variables: { input: { phone, code: change(platform.code(phone)) } },
    });
    expect((data as { verifyPhone?: { token?: string } } | null)?.verifyPhone?.token).toBeUndefined();
  });

  it('knows no session and no code of yesterday’s year', async () => {
    const key = await anApiKey(platform, business.token, {
      expiresAt: new Date(Date.now() + DAY_MS).toISOString(),
    });
    const phone = aPhone();
    await requestCode(platform, phone);
    expect(await takenFor('business', `Bearer ${key.secret}`)).toBe('somebody');
    await platform.shiftClock(400 * DAY_MS);
    try {
      for (const [audience, token] of [
        ['business', key.secret],
        ['business', tokens['business']!],
        ['person', tokens['person']!],
        ['admin', tokens['admin']!],
      ] as const) {
        expect({ audience, taken: await takenFor(audience, `Bearer ${token}`) }).toEqual({
          audience,
          taken: 'nobody',
        });
      }
      expect(await enterCode(platform, phone, platform.code(phone))).not.toHaveProperty('token');
    } finally {
      await platform.shiftClock(0);
    }
  });
});

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
});
