import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { aBusiness, type TestBusiness } from '../support/builders/accounts.js';
import { conversationOf, holdNewest, messagesWith, write } from '../support/builders/conversations.js';
import { reachablePeople, type Reachable, send } from '../support/builders/messaging.js';
import { aPerson } from '../support/builders/people.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { startPlatform, type TestPlatform, until } from '../support/platform.js';

let platform: TestPlatform;
let shop: TestBusiness;
let business: GraphQLClient;

beforeAll(async () => {
  platform = await startPlatform();
  shop = await aBusiness(platform);
  business = platform.business(shop.apiKey);
});
afterAll(() => platform.stop());

const somebody = async (): Promise<Reachable> => (await reachablePeople(platform, business, 1))[0]!;

const markRead = async (ids: (string | undefined)[]) =>
  (
    await business.do(
      `mutation ($input: MarkMessagesReadInput!) { markMessagesRead(input: $input) { marked } }`,
      { input: { messages: ids } },
    )
  ).markMessagesRead.marked;

describe('a conversation', () => {
  it('shows the person both sides, page by page, and nothing that is not visible to them', async () => {
    const { person, contact } = await somebody();
    await send(business, contact, { text: 'hello' });
    await until('it is visible', async () => (await conversationOf(person, shop.id)).nodes.length === 1);
    await write(person.api, shop.id, 'hello back');
    await holdNewest(platform);
    await send(business, contact, { text: 'queued' });
    await write(person.api, shop.id, 'anybody there?');
    const first = await conversationOf(person, shop.id, ', first: 2');
    expect(first.nodes).toMatchObject([
      { fromYou: true, text: 'anybody there?', purpose: null, status: 'DELIVERED' },
      { fromYou: true, text: 'hello back' },
    ]);
    const rest = await conversationOf(person, shop.id, `, after: "${first.pageInfo.endCursor}"`);
    expect(rest).toMatchObject({
      nodes: [{ fromYou: false, text: 'hello', purpose: 'SERVICE', status: 'DISPATCHED' }],
      pageInfo: { hasNextPage: false },
    });
    expect(await conversationOf(await aPerson(platform), shop.id)).toMatchObject({ nodes: [] });
  });

  it('tells the person when somebody of the business has read; who wrote can not say so themselves', async () => {
    const { person, contact } = await somebody();
    const { id } = await write(person.api, shop.id, 'Please read this');
    const { acknowledge } = await person.api.do(
      `mutation ($ids: [ID!]!) { acknowledge(input: { messages: $ids, receipt: READ }) { acknowledged } }`,
      { ids: [id] },
    );
    expect(acknowledge.acknowledged).toEqual([]);
    const { id: mine } = await send(business, contact);
    const [, theirs] = await messagesWith(business, contact);
    expect(await markRead([theirs.id, mine, theirs.id])).toEqual([theirs.id]);
    expect(await markRead([theirs.id])).toEqual([]);
    const { nodes } = await conversationOf(person, shop.id);
    expect(nodes.find(({ fromYou }: any) => fromYou)).toMatchObject({
      status: 'READ',
      readAt: expect.any(String),
    });
    expect(await messagesWith(business, contact)).toMatchObject([
      { direction: 'OUTBOUND', readAt: null },
      { direction: 'INBOUND', status: 'READ' },
    ]);
  });

  it('is not for a business to change, beneath the API either', async () => {
    const { person, contact } = await somebody();
    await write(person.api, shop.id, 'mine');
    await send(business, contact);
    const [row] = await platform.database.sql<{ id: string }>(
      'SELECT business_id AS id FROM message ORDER BY id DESC LIMIT 1',
    );
    const login = new pg.Client({ connectionString: platform.database.appUrl });
    await login.connect();
    await login.query(`BEGIN; SET LOCAL ROLE assent_business; SET LOCAL app.business = '${row?.id}'`);
    const { rows } = await login.query(`UPDATE message SET status = 'READ' RETURNING direction`);
    expect(new Set(rows.map(({ direction }) => direction as string))).toEqual(new Set(['INBOUND']));
    await expect(login.query(`UPDATE message SET content = ''`)).rejects.toThrow(/permission denied/);
    await login.end();
  });

  it('is nobody else’s', async () => {
    const other = await aBusiness(platform);
    const { person, contact } = await somebody();
    // One in 64 of another business's ids looks like one of mine, which then is of nothing: not all of four.
    for (const text of ['between', 'us', 'and', 'nobody']) await write(person.api, shop.id, text);
    const ids = (await messagesWith(business, contact)).map(({ id }: { id: string }) => id);
    expect(ids).toHaveLength(4);
    const { errors } = await platform
      .business(other.apiKey)
      .raw(`mutation ($ids: [ID!]!) { markMessagesRead(input: { messages: $ids }) { marked } }`, { ids });
    expect(errors?.[0]?.extensions.code).toBe('BAD_INPUT');
    expect(await conversationOf(person, other.id)).toMatchObject({ nodes: [] });
  });
});
