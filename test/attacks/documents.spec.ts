import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aBusiness } from '../support/builders/accounts.js';
import { aPerson } from '../support/builders/people.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';
import { BOMBS, repeat } from './bombs.js';
import { API, GRAPHQL } from './groups.js';
import { postJson, type RawAnswer, rawRequest } from './raw-request.js';

type Audience = 'business' | 'person' | 'admin';

const MOST_ANSWER_BYTES = 20_000;
const MOST_MS = 5_000;

let platform: TestPlatform;
const tokens = {} as Record<Audience, string>;

beforeAll(async () => {
  platform = await startPlatform({ INTROSPECTION: 'false' }, { worker: false });
  tokens.business = (await aBusiness(platform)).token;
  tokens.person = (await aPerson(platform)).token;
  tokens.admin = platform.admin().token ?? '';
});
afterAll(() => platform.stop());

const urlOf = (audience: Audience) => `${platform.url}/${audience}/graphql`;
const as = (audience: Audience) => ({ authorization: `Bearer ${tokens[audience]}` });

/** An answer that holds nothing of what was asked for, came soon and is short. */
async function expectRefusal(asked: () => Promise<RawAnswer>, code: RegExp | string): Promise<void> {
  const began = performance.now();
  const { status, codes, data, text } = await asked();
  expect({ status, code: codes[0] }).toEqual({ status: 400, code: expect.stringMatching(code) });
  expect(data ?? null).toBeNull();
  expect(text.length).toBeLessThan(MOST_ANSWER_BYTES);
  expect(performance.now() - began).toBeLessThan(MOST_MS);
}

describe(GRAPHQL.dos, () => {
  it.each(BOMBS)('refuses %s', async (_, query, code) => {
    await expectRefusal(() => postJson(urlOf('business'), { query }, as('business')), code);
  });

  it.each(['business', 'person', 'admin'] as const)(
    'refuses bombs before anybody signed in at the %s endpoint',
    async (audience) => {
      const query = `{ ${repeat(40, (at) => `a${at}: __typename`)} }`;
      await expectRefusal(() => postJson(urlOf(audience), { query }), /BROAD|ALIASES/);
    },
  );

  it('answers others while it refuses bombs', async () => {
    const bombing = Promise.all(
      Array.from({ length: 20 }, () => postJson(urlOf('business'), { query: BOMBS[12]![1] }, as('business'))),
    );
    const { data } = await postJson(urlOf('person'), { query: '{ me { __typename } }' }, as('person'));
    expect(data).toEqual({ me: { __typename: 'Person' } });
    await bombing;
  });
});

const ONE = { query: '{ viewer { __typename } }' };
const CODE = `mutation ($input: RequestPhoneCodeInput!) { requestPhoneCode(input: $input) { __typename } }`;

describe(GRAPHQL.batching, () => {
  it.each([
    ['an array of two requests', [ONE, ONE]],
    ['an array of 1,000 requests', Array(1_000).fill(ONE)],
    ['an array of one request', [ONE]],
    ['an empty array', []],
    ['an array of arrays', [[ONE], [ONE]]],
  ])('refuses %s', async (_, body) => {
    const { status, data } = await postJson(urlOf('business'), body, as('business'));
    expect(status).toBe(400);
    expect(data).toBeUndefined();
  });

  it('counts each alias of a code request as one: 30 codes of one number are not had by one request', async () => {
    const query = `mutation ($input: RequestPhoneCodeInput!) { ${repeat(15, (at) => `a${at}: requestPhoneCode(input: $input) { __typename }`)} }`;
    const { data } = await postJson(urlOf('person'), {
      query,
      variables: { input: { phone: '+4930901820' } },
    });
    const answers = Object.values(data as Record<string, { __typename: string }>).map(
      ({ __typename }) => __typename,
    );
    expect(answers.filter((name) => name === 'RequestPhoneCodePayload').length).toBeLessThanOrEqual(5);
  });

  it('counts each alias of a guess as one: a code is not guessed by 20 aliases', async () => {
    const phone = '+4930901821';
    await postJson(urlOf('person'), { query: CODE, variables: { input: { phone } } });
    const right = platform.code(phone);
    const guesses = Array.from({ length: 19 }, (_, at) =>
      String((Number(right) + at + 1) % 1_000_000).padStart(6, '0'),
    );
    const query = `mutation { ${[...guesses, right].map((code, at) => `a${at}: verifyPhone(input: { phone: "${phone}", code: "${code}" }) { __typename }`).join(' ')} }`;
    const { data } = await postJson(urlOf('person'), { query });
    const answers = Object.values(data as Record<string, { __typename: string }>).map(
      ({ __typename }) => __typename,
    );
    expect(answers).toHaveLength(20);
    expect(answers).not.toContain('VerifyPhonePayload');
  });

  it('counts each alias of a sign-in as one: a member’s code is not guessed by 20 aliases', async () => {
    const business = await aBusiness(platform);
    const { ownerEmail: email } = business;
    await platform
      .business()
      .do(`mutation ($email: String!) { requestSignInCode(input: { email: $email }) { __typename } }`, {
        email,
      });
    const right = platform.code(email);
    const guesses = Array.from({ length: 19 }, (_, at) =>
      String((Number(right) + at + 1) % 1_000_000).padStart(6, '0'),
    );
    const query = `mutation { ${[...guesses, right].map((code, at) => `a${at}: signIn(input: { email: "${email}", code: "${code}" }) { __typename }`).join(' ')} }`;
    const { data } = await postJson(urlOf('business'), { query });
    const answers = Object.values(data as Record<string, { __typename: string }>).map(
      ({ __typename }) => __typename,
    );
    expect(answers).not.toContain('SignInPayload');
  });
});

describe(API[4], () => {
  const SEND = `mutation ($input: SendMessagesInput!) { sendMessages(input: $input) { results { __typename } } }`;

  it.each([
    [
      'a list of 100,000 in variables',
      { query: SEND, variables: { input: { messages: Array(100_000).fill(null) } } },
      /COMPLEX|BAD_USER_INPUT/,
    ],
    [
      'a list of 100,000 lists',
      { query: SEND, variables: { input: { messages: Array(100_000).fill([]) } } },
      /COMPLEX|BAD_USER_INPUT/,
    ],
    [
      'variables 5,000 levels deep',
      `{"query":"${SEND}","variables":{"input":${'{"messages":['.repeat(2_500)}${']}'.repeat(2_500)}}}`,
      /COMPLEX|BAD_USER_INPUT/,
    ],
    [
      '1,001 messages',
      {
        query: SEND,
        variables: {
          input: { messages: Array(1_001).fill({ contact: 'x', idempotencyKey: 'x', text: 'x' }) },
        },
      },
      /BAD_INPUT|COMPLEX/,
    ],
    [
      'a text of a million characters',
      {
        query: SEND,
        variables: {
          input: { messages: [{ contact: 'x', idempotencyKey: 'x', text: 'x'.repeat(1_000_000) }] },
        },
      },
      /BAD_INPUT/,
    ],
    [
      'a cursor of a megabyte',
      {
        query: 'query ($after: String) { contacts(after: $after) { nodes { id } } }',
        variables: { after: 'x'.repeat(1_000_000) },
      },
      /BAD_INPUT/,
    ],
    [
      'an id of a megabyte',
      {
        query:
          'query ($ids: [ID!]!) { contact(by: { externalId: "x" }) { id } conversation(contact: $ids) { state } }',
        variables: { ids: ['x'.repeat(1_000_000)] },
      },
      /VALIDATION|BAD_USER_INPUT/,
    ],
  ])('refuses %s', async (_, body, code) => {
    const { status, codes, data } = await postJson(urlOf('business'), body, as('business'));
    expect({ status, code: codes[0] }).toEqual({
      status: expect.any(Number),
      code: expect.stringMatching(code),
    });
    expect(status).toBeLessThan(500);
    expect(data ?? null).toBeNull();
  });

  it.each([
    ['person', 300_000],
    ['admin', 300_000],
    ['business', 17 * 1024 * 1024],
  ] as const)('refuses a body too large at the %s endpoint: %d bytes', async (audience, bytes) => {
    const body = JSON.stringify({ ...ONE, padding: 'x'.repeat(bytes) });
    const answer = await postJson(urlOf(audience), body, as(audience)).catch((error: unknown) => error);
    // The connection may be closed while the client still sends.
    if (answer instanceof Error)
      expect(`${answer.message} ${String((answer.cause as Error | undefined)?.message)}`).toMatch(
        /ECONNRESET|EPIPE|socket|closed/,
      );
    else expect(answer).toMatchObject({ status: 413, data: undefined });
  });

  it('refuses a large body of nobody at the business endpoint', async () => {
    const { status } = await postJson(urlOf('business'), { ...ONE, padding: 'x'.repeat(300_000) });
    expect(status).toBe(413);
  });

  it('refuses a body of nobody that does not say how long it is', async () => {
    const body = new ReadableStream({
      start: (stream) => {
        stream.enqueue(new TextEncoder().encode(JSON.stringify(ONE)));
        stream.close();
      },
    });
    const { status } = await rawRequest(urlOf('business'), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      duplex: 'half',
    });
    expect(status).toBe(413);
  });

  it('takes no packed body, which could unfold to anything', async () => {
    const { gzipSync } = await import('node:zlib');
    const packed = gzipSync(JSON.stringify({ ...ONE, padding: 'x'.repeat(10_000_000) }));
    const { status, data } = await rawRequest(urlOf('business'), {
      method: 'POST',
      headers: { ...as('business'), 'content-type': 'application/json', 'content-encoding': 'gzip' },
      body: packed,
    });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(data).toBeUndefined();
  });
});
