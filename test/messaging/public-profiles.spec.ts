import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  aBusiness,
  anApiKey,
  anUnverifiedBusiness,
  type TestBusiness,
  type UnverifiedBusiness,
} from '../support/builders/accounts.js';
import { contactsOf } from '../support/builders/matching.js';
import { messagesWith, write } from '../support/builders/conversations.js';
import { matchAll } from '../support/builders/messaging.js';
import { aPerson, type TestPerson } from '../support/builders/people.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';

const NAMES = ['Zebra One', 'ZEBRA Two', 'zebra_three', 'Zèbra', 'Zebra One'];

let platform: TestPlatform;
let person: TestPerson;
const zebras: TestBusiness[] = [];
let unverified: UnverifiedBusiness;

beforeAll(async () => {
  platform = await startPlatform({}, { worker: false });
  person = await aPerson(platform);
  for (const displayName of NAMES) {
    zebras.push(await aBusiness(platform, { displayName, category: 'RETAIL' }));
  }
  unverified = await anUnverifiedBusiness(platform, { displayName: 'Zebra Nobody' });
});
afterAll(() => platform.stop());

const found = async (search: string, page = ''): Promise<any> =>
  (
    await person.api.do(
      `query ($search: String!) { businessProfiles(search: $search ${page}) {
        nodes { id displayName verified category quality } pageInfo { hasNextPage endCursor } } }`,
      { search },
    )
  ).businessProfiles;
const namesOf = ({ nodes }: any) => nodes.map(({ displayName }: any) => displayName);
const profile = async ({ api }: TestPerson, handle: string): Promise<any> =>
  (
    await api.do(
      `query ($handle: ID!) { businessProfile(handle: $handle) {
        displayName verified category quality consents { purpose allowed rule } } }`,
      { handle },
    )
  ).businessProfile;
const suspended = (id: string, yes: boolean) =>
  platform.database.sql(
    `UPDATE business SET status = '${yes ? 'SUSPENDED' : 'VERIFIED'}' WHERE display_name = $1`,
    [zebras.find((zebra) => zebra.id === id)?.displayName],
  );

describe('looking for a business', () => {
  it('finds those that are verified by how their name begins, by name, whatever the case', async () => {
    const all = ['Zebra One', 'Zebra One', 'ZEBRA Two', 'zebra_three'];
    expect(namesOf(await found('zebra'))).toEqual(all);
    expect(namesOf(await found('  ZeBrA '))).toEqual(all);
    expect(namesOf(await found('zebra o'))).toEqual(all.slice(0, 2));
    expect(namesOf(await found('zèb'))).toEqual(['Zèbra']);
    expect(namesOf(await found('ze\u0300b'))).toEqual(['Zèbra']);
    expect((await found('zebra two')).nodes).toEqual([
      {
        id: zebras[1]?.id,
        displayName: 'ZEBRA Two',
        verified: true,
        category: 'RETAIL',
        quality: 'UNKNOWN',
      },
    ]);
  });

  it('takes what is looked for by its letters, and finds nothing in the middle of a name', async () => {
    expect(namesOf(await found('zebra_'))).toEqual(['zebra_three']);
    for (const search of ['zebra%', '%eb', 'ebra', 'one', 'Zebra Nobody'])
      expect(namesOf(await found(search))).toEqual([]);
    for (const search of ['', 'z', ' z ', 'z'.repeat(121), 'ze\0'])
      await expect(found(search)).rejects.toThrow(/businessProfiles.search/);
  });

  it('reads page by page', async () => {
    const first = await found('zebra', ', first: 1');
    const rest = await found('zebra', `, first: 3, after: "${first.pageInfo.endCursor}"`);
    expect([first.pageInfo.hasNextPage, rest.pageInfo.hasNextPage]).toEqual([true, false]);
    const ids = [...first.nodes, ...rest.nodes].map(({ id }: any) => id);
    expect(new Set(ids).size).toBe(4);
    await expect(found('zebra', ', after: "biz_nonsense"')).rejects.toThrow(/businessProfiles.after/);
  });

  it('finds no business in test mode, and none that is suspended', async () => {
    const { id, token } = zebras[2]!;
    await anApiKey(platform, token, { mode: 'TEST', scopes: ['messages:send'] });
    expect(namesOf(await found('zebra_'))).toEqual(['zebra_three']);
    await suspended(id, true);
    expect(namesOf(await found('zebra_'))).toEqual([]);
    await suspended(id, false);
  });

  it('reads an index range', async () => {
    const plan = await platform.database.sql<{ 'QUERY PLAN': string }>(
      `EXPLAIN SELECT id FROM business WHERE search_name >= 'zebra' AND search_name < 'zebra' || chr(1114111)
        AND status = 'VERIFIED' AND sandbox_of IS NULL ORDER BY search_name, id LIMIT 3`,
    );
    expect(plan.map((row) => row['QUERY PLAN']).join('\n')).toContain('business_by_name');
  });
});

describe('a profile', () => {
  it('says who a verified business is and what it may send', async () => {
    const [zebra] = zebras as [TestBusiness];
    expect(await profile(person, zebra.id)).toMatchObject({
      displayName: 'Zebra One',
      verified: true,
      category: 'RETAIL',
      quality: 'UNKNOWN',
      consents: expect.arrayContaining([
        { purpose: 'SERVICE', allowed: true, rule: expect.any(String) },
        { purpose: 'MARKETING', allowed: false, rule: expect.any(String) },
      ]),
    });
  });

  it('of a business that nobody has checked is as if there were none', async () => {
    for (const handle of [unverified.id, 'biz_nonsense', ''])
      expect(await profile(person, handle)).toBeNull();
  });

  it('stays for those whom a business knows, when it is suspended', async () => {
    const [zebra] = zebras as [TestBusiness];
    const customer = await aPerson(platform);
    await matchAll(platform.business(zebra.apiKey), [customer]);
    await suspended(zebra.id, true);
    expect(await profile(customer, zebra.id)).toMatchObject({ verified: false });
    expect(await profile(person, zebra.id)).toBeNull();
    await suspended(zebra.id, false);
  });

  it('is where a conversation begins', async () => {
    const [{ id }] = (await found('zebra two')).nodes;
    expect(await write(person.api, id, 'Do you sell stripes?')).toMatchObject({
      __typename: 'WriteToBusinessPayload',
    });
    const api = platform.business(zebras[1]!.apiKey);
    const [contact] = await contactsOf(api);
    expect(await messagesWith(api, contact!.id)).toMatchObject([{ text: 'Do you sell stripes?' }]);
  });
});
