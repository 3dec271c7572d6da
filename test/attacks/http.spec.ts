import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getNamedType, isInputObjectType, OperationTypeNode } from 'graphql';
import { anyOperation, schemaOf } from '../support/any-operation.js';
import { aBusiness, type TestBusiness } from '../support/builders/accounts.js';
import { aPerson } from '../support/builders/people.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';
import { API, GRAPHQL } from './groups.js';
import { postJson, rawRequest } from './raw-request.js';

const AUDIENCES = ['business', 'person', 'admin'] as const;
type Audience = (typeof AUDIENCES)[number];

const QUERY = '{ __typename }';
const MUTATION = 'mutation { signOut { __typename } }';
const ELSEWHERE = 'https://evil.example';

let platform: TestPlatform;
let business: TestBusiness;
const tokens = {} as Record<Audience, string>;

beforeAll(async () => {
  platform = await startPlatform(
    { INTROSPECTION: 'false', REQUEST_UNITS_ADDRESS: '1000000000' },
    { worker: false },
  );
  business = await aBusiness(platform);
  tokens.business = business.token;
  tokens.person = (await aPerson(platform)).token;
  tokens.admin = platform.admin().token ?? '';
});
afterAll(() => platform.stop());

const urlOf = (audience: Audience) => `${platform.url}/${audience}/graphql`;
const as = (audience: Audience) => ({ authorization: `Bearer ${tokens[audience]}` });

/** What a page of another site can have a browser send without asking first. */
const simple: [string, RequestInit][] = [
  ['a text', { headers: { 'content-type': 'text/plain' }, body: JSON.stringify({ query: QUERY }) }],
  [
    'a form',
    {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: `query=${encodeURIComponent(QUERY)}`,
    },
  ],
  [
    'a form with files',
    {
      headers: { 'content-type': 'multipart/form-data; boundary=b' },
      body: `--b\r\ncontent-disposition: form-data; name="operations"\r\n\r\n${JSON.stringify({ query: QUERY })}\r\n--b--\r\n`,
    },
  ],
  [
    'JSON that calls itself a text',
    { headers: { 'content-type': 'text/plain; application/json' }, body: JSON.stringify({ query: QUERY }) },
  ],
  ['no content type', { headers: { 'content-type': '' }, body: JSON.stringify({ query: QUERY }) }],
];

describe.each(AUDIENCES)(`${API[8]}: the %s endpoint`, (audience) => {
  it.each(simple)('runs nothing of a simple request of another site: %s', async (_, { headers, body }) => {
    const answer = await rawRequest(urlOf(audience), {
      method: 'POST',
      headers: { ...as(audience), origin: ELSEWHERE, ...(headers as object) },
      body: body as string,
    });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(answer.data).toBeUndefined();
  });

  it.each([
    ['a mutation', `?query=${encodeURIComponent(MUTATION)}`],
    ['a query', `?query=${encodeURIComponent(QUERY)}`],
    [
      'a query without a name',
      '?extensions=%7B%22persistedQuery%22%3A%7B%22version%22%3A1%2C%22sha256Hash%22%3A%22x%22%7D%7D',
    ],
  ])('runs nothing of what a link asks for: %s', async (_, search) => {
    const { status, data } = await rawRequest(urlOf(audience) + search, { headers: as(audience) });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(data).toBeUndefined();
  });

  it.each(['PUT', 'PATCH', 'DELETE'])('knows no %s', async (method) => {
    const { status, data } = await rawRequest(urlOf(audience), {
      method,
      headers: { ...as(audience), 'content-type': 'application/json' },
      body: JSON.stringify({ query: QUERY }),
    });
    expect([404, 405]).toContain(status);
    expect(data).toBeUndefined();
  });

  it('lets no other site read an answer, with or without asking first', async () => {
    const asked = await rawRequest(urlOf(audience), {
      method: 'OPTIONS',
      headers: {
        origin: ELSEWHERE,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type',
      },
    });
    const answered = await postJson(
      urlOf(audience),
      { query: QUERY },
      { ...as(audience), origin: ELSEWHERE },
    );
    for (const { headers } of [asked, answered]) {
      expect(headers.get('access-control-allow-origin')).toBeNull();
      expect(headers.get('access-control-allow-credentials')).toBeNull();
    }
  });

  it('says nothing of what it is made of, sets no cookie, and is kept by no cache, whatever went wrong', async () => {
    const answers = await Promise.all([
      postJson(urlOf(audience), { query: QUERY }, as(audience)),
      postJson(urlOf(audience), { query: QUERY }, { authorization: 'Bearer nobody' }),
      postJson(urlOf(audience), { query: '{' }, as(audience)),
      postJson(urlOf(audience), {}, as(audience)),
      fetch(urlOf(audience), { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{' }),
      fetch(`${urlOf(audience)}/nowhere`),
    ]);
    for (const { headers } of answers) {
      for (const name of ['server', 'x-powered-by', 'set-cookie']) expect(headers.get(name)).toBeNull();
      expect(headers.get('cache-control')).toBe('no-store');
    }
  });

  it.each([
    ['no JSON', '{'],
    ['JSON with a zero byte', '\u0000{"query":"{ __typename }"}'],
    ['a number', '7'],
    ['null', 'null'],
    ['a query that is an object', '{"query":{"a":1}}'],
    ['a query that is a list', '{"query":["{ __typename }"]}'],
    ['variables that are a list', '{"query":"{ __typename }","variables":[]}'],
    ['variables that are a text', '{"query":"{ __typename }","variables":"{}"}'],
    ['an operation that is not there', '{"query":"query A { __typename }","operationName":"B"}'],
    [
      'a prototype in the body',
      '{"query":"{","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}',
    ],
  ])('answers a broken request without a word of its inside: %s', async (_, body) => {
    const { status, text } = await postJson(urlOf(audience), body, as(audience));
    expect(status).toBe(400);
    expect(text).not.toMatch(/node_modules|\n\s+at |\.[jt]s:\d/);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe.each(AUDIENCES)(`${GRAPHQL.configuration}: the %s endpoint`, (audience) => {
  it.each([
    ['__schema', '{ __schema { types { name } } }'],
    ['__type', '{ __type(name: "Query") { fields { name } } }'],
    ['a fragment', '{ ...F } fragment F on Query { __schema { queryType { name } } }'],
    ['an alias', '{ a: __schema { queryType { name } } }'],
    ['blanks and comments between', '{ #\n __schema\n,,, { queryType { name } } }'],
  ])('hides its schema where the setting says so: by %s', async (_, query) => {
    const { status, data, text } = await postJson(urlOf(audience), { query }, as(audience));
    expect(status).toBe(400);
    expect(data).toBeUndefined();
    expect(text).not.toMatch(/"queryType"|"fields"/);
  });

  it.each([
    '{ viewr { __typename } }',
    '{ mee { __typename } }',
    '{ admn { __typename } }',
    '{ viewer(idd: 1) { __typename } }',
  ])('suggests no name to who guesses: %s', async (query) => {
    const { status, text } = await postJson(urlOf(audience), { query }, as(audience));
    expect(status).toBe(400);
    expect(text).not.toMatch(/Did you mean/);
  });
});

describe(API[9], () => {
  it.each([
    ...['/graphql', '/graphiql', '/playground', '/voyager', '/altair', '/explorer', '/sandbox'],
    ...[
      '/v1/business/graphql',
      '/api/business/graphql',
      '/business/graphql/',
      '/BUSINESS/graphql',
      '/business//graphql',
    ],
    ...[
      '/metrics',
      '/debug',
      '/debug/pprof',
      '/actuator/env',
      '/server-status',
      '/status',
      '/swagger',
      '/api-json',
      '/docs',
    ],
    ...[
      '/.env',
      '/.git/config',
      '/package.json',
      '/dist/apps/api/src/main.js',
      '/health/../package.json',
      '/%2e%2e/package.json',
    ],
    ...[
      '/media/..%2f..%2fetc%2fpasswd',
      '/stop/..%2f..',
      '/person/exports/..%2f..%2f',
      '/consent-log/..%2fkey',
    ],
  ])('serves nothing that nobody meant to serve: %s', async (path) => {
    const { status, text } = await rawRequest(platform.url + path, { headers: as('admin') });
    expect([400, 401, 403, 404, 405]).toContain(status);
    expect(text.length).toBeLessThan(2_000);
  });

  it('does not take another method by a header', async () => {
    const { status } = await rawRequest(urlOf('business'), {
      headers: { ...as('business'), 'x-http-method-override': 'POST' },
    });
    expect(status).toBeGreaterThanOrEqual(400);
  });
});

/** Mutations that take one object as input: each is sent with what no client may set. */
const withInput = AUDIENCES.flatMap((audience) => {
  const schema = schemaOf(audience);
  return Object.values(schema.getMutationType()?.getFields() ?? {})
    .filter(({ args }) => args.some(({ type }) => isInputObjectType(getNamedType(type))))
    .map(({ name }) => ({ audience, name }));
});
const FORBIDDEN_FIELDS = [
  'businessId',
  'personId',
  'lane',
  'role',
  'status',
  'isAdmin',
  '__proto__',
  'constructor',
];

describe(API[3], () => {
  it.each(withInput)('takes no further field of $audience $name', async ({ audience, name }) => {
    const { query, variables } = anyOperation(schemaOf(audience), OperationTypeNode.MUTATION, name);
    // What it takes anyway is a matter of its own rules: who may give which role is tried by test/accounts.
    const further = FORBIDDEN_FIELDS.filter((field) => !Object.hasOwn(Object(variables['input']), field));
    for (const field of further) {
      const body = JSON.stringify({ query, variables }).replace(
        /"input":\{(\}?)/,
        (_, end: string) => `"input":{"${field}":"x"${end || ','}`,
      );
      const { codes, data } = await postJson(urlOf(audience), body, as(audience));
      // A JSON parser may leave out what would be a prototype; then the rest is what it was.
      if (field !== '__proto__' && field !== 'constructor') {
        expect({ field, codes, data: data ?? null }).toEqual({
          field,
          codes: ['BAD_USER_INPUT'],
          data: null,
        });
      }
    }
    expect(({} as Record<string, unknown>)['lane']).toBeUndefined();
  });

  it.each([
    ['the number of a contact', 'business', '{ contacts { nodes { phone } } }'],
    ['the person behind a contact', 'business', '{ contacts { nodes { personId } } }'],
    ['the secret of a key', 'business', '{ apiKeys { nodes { secret } } }'],
    ['the secret of an endpoint', 'business', '{ webhookEndpoints { secret } }'],
    ['the tokens of members', 'business', '{ members { nodes { token } } }'],
    ['reports of people', 'business', '{ reports { nodes { id } } }'],
    ['another business', 'business', '{ business(id: "biz_x") { id } }'],
    ['all businesses', 'business', '{ businesses { nodes { id } } }'],
    ['other persons', 'person', '{ persons { nodes { phone } } }'],
    ['members of a business', 'person', '{ businessProfiles(search: "B") { nodes { members { email } } } }'],
    ['the owner of a business', 'person', '{ businessProfiles(search: "B") { nodes { ownerEmail } } }'],
    ['a person', 'admin', '{ person(id: "x") { phone } }'],
    ['persons', 'admin', '{ persons { nodes { phone } } }'],
    ['messages', 'admin', '{ messages { nodes { text } } }'],
  ] as const)('can not even name %s at the %s endpoint', async (_, audience, query) => {
    const { codes, data } = await postJson(urlOf(audience), { query }, as(audience));
    expect(codes[0]).toBe('GRAPHQL_VALIDATION_FAILED');
    expect(data).toBeUndefined();
  });
});
