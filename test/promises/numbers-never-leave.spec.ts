import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aBusiness } from '../support/builders/accounts.js';
import { aMessage, reachablePeople, type Reachable, sendAll } from '../support/builders/messaging.js';
import { GraphQLClient } from '../support/graphql-client.js';
import { startPlatform, type TestPlatform, until } from '../support/platform.js';

const TEXT = 'Grüße aus der Lindenbaum-Werkstatt, Ihr Fahrrad ist fertig';

/** A client that keeps every byte that it was answered. */
class KeepingClient extends GraphQLClient {
  readonly answers: string[] = [];

  override async raw<Data>(query: string, variables: Record<string, unknown> = {}) {
    const answer = await super.raw<Data>(query, variables);
    this.answers.push(JSON.stringify(answer));
    return answer;
  }
}

/** 160 MB: more than this test writes. */
const NEWEST_WAL_FILES = 10;

describe('promises: numbers never leave, and a stolen database is dull', () => {
  let platform: TestPlatform;
  let business: KeepingClient;
  let people: Reachable[];

  beforeAll(async () => {
    platform = await startPlatform({ LOG_LEVEL: 'debug' });
    const { apiKey } = await aBusiness(platform);
    business = new KeepingClient(`${platform.url}/business/graphql`, apiKey);
    people = await reachablePeople(platform, business, 20);
    const results = await sendAll(
      business,
      people.map(({ contact }, at) => aMessage(contact, { text: `${TEXT} ${at}` })),
    );
    for (const { person } of people.slice(0, 10)) {
      const inbox = await until('the message is there', async () => {
        const answer = await person.api.do(`{ inbox { nodes { id text } } }`);
        return answer.inbox.nodes.length > 0 && answer.inbox.nodes;
      });
      expect(inbox[0].text).toContain(TEXT);
      await person.api.do(
        `mutation ($ids: [ID!]!) { acknowledge(input: { messages: $ids, receipt: READ }) { acknowledged } }`,
        {
          ids: [inbox[0].id],
        },
      );
      await person.api.do(`mutation { stop(input: { purpose: SERVICE }) { __typename } }`);
    }
    // What goes wrong must not leak either.
    for (const phone of ['+49 151 12', people[0]?.person.phone]) {
      await business.raw(
        `mutation ($input: MatchContactsInput!) { matchContacts(input: $input) { __typename ... on Refusal { message } } }`,
        {
          input: {
            customers: [
              { externalId: '', phone },
              { externalId: 'x', phone },
              { externalId: 'x', phone },
            ],
          },
        },
      );
    }
    await business.do(
      `{ messages(first: 100) { nodes { id status reason contact { id externalId consent { purpose rule } } } } }`,
    );
    for (const { id } of results.slice(0, 5))
      await business.do(`query ($id: ID!) { message(id: $id) { status } }`, { id });
  });
  afterAll(() => platform.stop());

  /** Every form in which the numbers and texts of this test could stand somewhere. */
  function secrets(): string[] {
    const numbers = people.flatMap(({ person: { phone } }) => [phone.slice(1), `0${phone.slice(3)}`]);
    return [...numbers, TEXT];
  }
  const found = (haystack: string) => secrets().filter((secret) => haystack.includes(secret));

  it('are in no answer to a business', () => {
    expect(business.answers.length).toBeGreaterThan(8);
    expect(found(business.answers.join('\n'))).toEqual([]);
  });

  it('are in no line of the log', () => {
    expect(platform.logs.length).toBeGreaterThan(0);
    expect(found(platform.logs.join('\n'))).toEqual([]);
  });

  it('are in no row and in no file of the database', async () => {
    const [place] = await platform.database.sql<{ folder: string; oid: number }>(
      `SELECT current_setting('data_directory') AS folder, oid FROM pg_database WHERE datname = current_database()`,
    );
    if (!place) throw new Error('The database is nowhere');
    await platform.database.sql('CHECKPOINT');
    const tables = filesOf(join(place.folder, 'base', String(place.oid)));
    const writeAheadLog = filesOf(join(place.folder, 'pg_wal')).slice(-NEWEST_WAL_FILES);
    const contents = [...tables, ...writeAheadLog].map((path) => readFileSync(path).toString('latin1'));
    // The texts are UTF-8 in the files, so they are looked for as the bytes that they are.
    const bytes = secrets().map((secret) => Buffer.from(secret).toString('latin1'));
    // The scan sees what is there: what businesses wrote in the clear is found.
    expect(contents.some((content) => content.includes('customer-19'))).toBe(true);
    expect(bytes.filter((secret) => contents.some((content) => content.includes(secret)))).toEqual([]);
  });
});

/** The files of a folder, those written last at the end. */
function filesOf(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(folder, entry.name))
    .sort((a, b) => statSync(a).mtimeMs - statSync(b).mtimeMs);
}
