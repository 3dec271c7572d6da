import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  aBusiness,
  anApiKey,
  anUnverifiedBusiness,
  signIn,
  type TestBusiness,
} from '../support/builders/accounts.js';
import {
  aPerson,
  aPhone,
  enterCode,
  proveNumber,
  requestCode,
  type TestPerson,
} from '../support/builders/people.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';
import { FORGERIES, signed, bodyOf } from './forged-tokens.js';
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

describe(API[2], () => {
  describe.each(AUDIENCES)('at the %s endpoint', (audience) => {
    it.each(FORGERIES)('takes %s for nobody', async (_, forge) => {
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
    ['a code with blanks in it', (code: string) => Array.from(code).join('\u00a0')],
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
