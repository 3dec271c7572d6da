import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  buildClientSchema,
  getIntrospectionQuery,
  type GraphQLField,
  type IntrospectionQuery,
  isCompositeType,
  isRequiredArgument,
  getNamedType,
} from 'graphql';
import { aBusiness } from '../support/builders/accounts.js';
import { aMessage, reachablePeople } from '../support/builders/messaging.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';

const SEND = `mutation ($input: SendMessagesInput!) { sendMessages(input: $input) { results { __typename } } }`;
const DEEP = `{ messages { nodes { contact { consentHistory { nodes { evidence { kind } } } } } } }`;
/** 1 for each connection and each of 100 contacts, then 100 times 1 connection and 99 entries. */
const COMPLEX = `{ contacts(first: 100) { nodes { consentHistory(first: 99) { nodes { id } } } } }`;
const repeat = (times: number, each: (at: number) => string) =>
  Array.from({ length: times }, (_, at) => each(at)).join(' ');

describe('the walls around every operation', () => {
  let platform: TestPlatform;
  let business: GraphQLClient;
  let contact: string;

  beforeAll(async () => {
    platform = await startPlatform(
      { GRAPHQL_MOST_DEPTH: '6', GRAPHQL_MOST_COST: '10000' },
      { worker: false },
    );
    business = platform.business((await aBusiness(platform)).apiKey);
    contact = (await reachablePeople(platform, business, 1))[0]!.contact;
  });
  afterAll(() => platform.stop());

  it.each([
    ['depth', 'QUERY_TOO_DEEP', 6, 7, DEEP],
    [
      'aliases',
      'QUERY_TOO_MANY_ALIASES',
      30,
      31,
      `{ viewer { ${repeat(31, (at) => `a${at}: __typename`)} } }`,
    ],
    ['rootFields', 'QUERY_TOO_BROAD', 20, 21, `{ ${repeat(21, () => '__typename')} }`],
    [
      'directives',
      'QUERY_TOO_MANY_DIRECTIVES',
      30,
      31,
      `{ viewer { ${repeat(31, () => '__typename @skip(if: false)')} } }`,
    ],
    ['cost', 'QUERY_TOO_COMPLEX', 10_000, 10_101, COMPLEX],
  ])('refuse too much %s by %s, naming rule and number', async (rule, code, most, counted, query) => {
    const { status, data, errors } = await business.raw(query);
    expect({ status, data, error: errors?.[0]?.extensions }).toEqual({
      status: 400,
      data: undefined,
      error: { code, rule, most, counted },
    });
    expect(errors?.[0]?.message).toContain(String(most));
  });

  it('let pass what is just within them', async () => {
    const within = [
      DEEP.replace('{ kind }', '').replace('evidence', 'id'),
      `{ viewer { ${repeat(30, (at) => `a${at}: __typename`)} } }`,
      `{ ${repeat(20, () => '__typename')} }`,
      `{ viewer { ${repeat(30, () => '__typename @skip(if: false)')} } }`,
      COMPLEX.replace('99', '97'),
    ];
    for (const query of within) expect((await business.raw(query)).errors).toBeUndefined();
  });

  it('refuse a document of too many tokens before reading on', async () => {
    const { status, errors } = await business.raw(`{ viewer { ${repeat(2_000, () => '__typename')} } }`);
    expect(status).toBe(400);
    expect(errors?.[0]?.extensions).toEqual({ code: 'QUERY_TOO_LONG', rule: 'tokens', most: 2_000 });
  });

  it('are not passed by fragments that double each other', async () => {
    const fragments = repeat(
      40,
      (at) =>
        `fragment F${at} on Query { ${at === 39 ? 'viewer { business { id } }' : `...F${at + 1} ...F${at + 1}`} }`,
    );
    const { status, errors } = await business.raw(`{ ...F0 } ${fragments}`);
    expect(status).toBe(400);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'QUERY_TOO_BROAD', most: 20 });
  });

  it('count lists of any length in variables before anything reads them', async () => {
    const { status, errors } = await business.raw(SEND, { input: { messages: Array(50_000).fill(0) } });
    expect(status).toBe(400);
    expect(errors?.[0]?.extensions).toMatchObject({
      code: 'QUERY_TOO_COMPLEX',
      counted: 10 + 50_000 * 3 + 1 - 1,
    });
  });

  it('let the largest batch pass: 1,000 messages of 4,096 characters of three bytes each', async () => {
    const messages = Array.from({ length: 1_000 }, () =>
      aMessage(contact, { freeForm: '\u4f60'.repeat(4_096) }),
    );
    const { errors, data, extensions } = await business.raw(SEND, { input: { messages } });
    expect(errors).toBeUndefined();
    expect(data.sendMessages.results).toHaveLength(1_000);
    expect(extensions?.cost.requested).toBe(10 + 1_000 * 2 + 1_000);
  });

  it('count the values of a template, and not more results because of them', async () => {
    const messages = Array.from({ length: 100 }, () => aMessage(contact));
    const { extensions } = await business.raw(SEND, { input: { messages } });
    expect(extensions?.cost.requested).toBe(10 + 2 * (100 + 100) + 100);
  });

  it('show in every answer what it cost, what is left, and when all of it will be there again', async () => {
    const { extensions } = await business.raw(`{ messages(first: 7) { nodes { id } } }`);
    const { requested, remaining, resetAt } = extensions?.cost ?? {};
    expect(requested).toBe(8);
    expect(remaining).toBeGreaterThan(900_000);
    expect(Date.parse(resetAt as string)).toBeLessThan(Date.now() + 60_000);
    for (const unreadable of [
      '{',
      '{ nonsense }',
      'query A { viewer { __typename } } query B { viewer { __typename } }',
    ]) {
      expect((await business.raw(unreadable)).extensions?.cost.requested).toBe(10);
    }
  });

  it.each(['business', 'person', 'admin'] as const)(
    'know a cost of every operation: %s',
    async (audience) => {
      const api = platform[audience]();
      const schema = buildClientSchema(
        await api.do<IntrospectionQuery>(getIntrospectionQuery({ oneOf: true })),
      );
      for (const [type, least] of [
        [schema.getQueryType(), 1],
        [schema.getMutationType(), 10],
        [schema.getSubscriptionType(), 10],
      ] as const) {
        for (const field of Object.values(type?.getFields() ?? {})) {
          const { extensions } = await api.raw(bare(type?.name ?? '', field));
          expect(`${field.name} ${extensions?.cost.requested}`).toMatch(/ \d+$/);
          expect(extensions?.cost.requested).toBeGreaterThanOrEqual(least);
        }
      }
    },
  );
});

/** The shortest operation that asks for a field; its variables are missing, so that it never runs. */
function bare(type: string, { name, args, type: answer }: GraphQLField<unknown, unknown>): string {
  const operation = type.toLowerCase();
  const needed = args.filter((argument) => isRequiredArgument(argument));
  const variables = needed.map((argument) => `$${argument.name}: ${String(argument.type)}`).join(', ');
  const values = needed.map((argument) => `${argument.name}: $${argument.name}`).join(', ');
  const selection = isCompositeType(getNamedType(answer)) ? '{ __typename }' : '';
  return `${operation} ${variables && `(${variables})`} { ${name} ${values && `(${values})`} ${selection} }`;
}
