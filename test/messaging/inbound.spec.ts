import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { aBusiness, anUnverifiedBusiness, type TestBusiness } from '../support/builders/accounts.js';
import { contactsOf } from '../support/builders/matching.js';
import { conversationOf, holdNewest, messagesWith, write } from '../support/builders/conversations.js';
import {
  aMessage,
  matchAll,
  reachablePeople,
  type Reachable,
  send,
  sendAll,
  wasAccepted,
} from '../support/builders/messaging.js';
import { aPerson } from '../support/builders/people.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { startPlatform, type TestPlatform, until } from '../support/platform.js';

const BURST = 5;

let platform: TestPlatform;
let shop: TestBusiness;
let business: GraphQLClient;

beforeAll(async () => {
  platform = await startPlatform({ PERSON_WRITE_BURST: `${BURST}`, PAIR_BURST: '1000' });
  shop = await aBusiness(platform);
  business = platform.business(shop.apiKey);
});
afterEach(() => platform.shiftClock(0));
afterAll(() => platform.stop());

const somebody = async (): Promise<Reachable> => (await reachablePeople(platform, business, 1))[0]!;

describe('what a person writes', () => {
  it('is with the business at once, sealed, in the same conversation', async () => {
    const { person, contact } = await somebody();
    expect(await write(person.api, shop.id, 'Is my bike ready?')).toMatchObject({
      __typename: 'WriteToBusinessPayload',
      replayed: false,
    });
    const [message] = await messagesWith(business, contact);
    expect(message).toMatchObject({
      direction: 'INBOUND',
      text: 'Is my bike ready?',
      purpose: null,
      status: 'DELIVERED',
      idempotencyKey: null,
      contact: { id: contact },
    });
    const [row] = await platform.database.sql<{ content: Buffer; noted: boolean }>(
      `SELECT m.content, s.last_inbound_at = m.accepted_at AS noted
        FROM message m JOIN contact_state s USING (lane, contact_id) WHERE m.direction = 'INBOUND'
        ORDER BY m.id DESC LIMIT 1`,
    );
    expect(row?.content.includes('bike')).toBe(false);
    expect(row?.noted).toBe(true);
  });

  it('makes them a contact, without a number, where they were none', async () => {
    const person = await aPerson(platform);
    expect(await conversationOf(person, shop.id)).toMatchObject({ nodes: [] });
    await write(person.api, shop.id, 'Do you repair bikes?');
    await write(person.api, shop.id, 'E-bikes, too?');
    const [newest, ...others] = (await contactsOf(business)).filter(({ externalId }) => externalId === null);
    expect(others).toEqual([]);
    expect((await messagesWith(business, newest!.id)).map(({ text }: { text: string }) => text)).toEqual([
      'E-bikes, too?',
      'Do you repair bikes?',
    ]);
    expect(wasAccepted(await send(business, newest!.id, { text: 'We do.' }))).toBe(true);
    // Found by their number later, they stay that contact.
    expect((await matchAll(business, [person]))[0]?.contact).toBe(newest!.id);
  });

  it('does not begin a conversation with a business that nobody has checked', async () => {
    const { id, token } = await anUnverifiedBusiness(platform);
    const person = await aPerson(platform);
    expect(await write(person.api, id, 'Hello?')).toMatchObject({
      __typename: 'MessageNotWritten',
      reason: 'BUSINESS_NOT_VERIFIED',
      retryAt: null,
    });
    expect(await contactsOf(platform.business(token))).toEqual([]);
  });

  it('may be written to a business that the person blocked', async () => {
    const { person, contact } = await somebody();
    await person.api.do(`mutation ($of: ID!) { block(input: { business: $of }) { __typename } }`, {
      of: shop.id,
    });
    expect(await write(person.api, shop.id, 'Where is my refund?')).toMatchObject({
      __typename: 'WriteToBusinessPayload',
    });
    expect(await messagesWith(business, contact)).toHaveLength(1);
    expect(await send(business, contact)).toMatchObject({ reason: 'CONTACT_BLOCKED' });
  });

  it('is written once under its key; another text is a conflict, and another business’s key another key', async () => {
    const { person, contact } = await somebody();
    await send(business, contact, { idempotencyKey: 'the-same' });
    const tries = await Promise.all(
      Array.from({ length: BURST + 3 }, () => write(person.api, shop.id, 'Once, please', 'the-same')),
    );
    expect(tries.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(new Set(tries.map(({ id, writtenAt }) => `${id} ${writtenAt}`)).size).toBe(1);
    expect(await write(person.api, shop.id, 'Something else', 'the-same')).toMatchObject({
      reason: 'IDEMPOTENCY_CONFLICT',
      replayed: false,
    });
    const written = (await messagesWith(business, contact)).filter(
      ({ direction }: any) => direction === 'INBOUND',
    );
    expect(written.map(({ text }: { text: string }) => text)).toEqual(['Once, please']);
  });

  it('is limited exactly, whatever comes at once, and passes at retryAt', async () => {
    const { person, contact } = await somebody();
    const results = await Promise.all(
      Array.from({ length: BURST * 3 }, (_, at) => write(person.api, shop.id, `${at}`)),
    );
    const taken = results.filter(({ id }) => id);
    expect(await messagesWith(business, contact)).toHaveLength(taken.length);
    // More than the burst only as far as it was paid back meanwhile.
    const times = taken.map(({ writtenAt }) => Date.parse(writtenAt!)).sort((a, b) => a - b);
    const paidBack = Math.floor((times.at(-1)! - times[0]!) / 2_000);
    expect(taken.length).toBeGreaterThanOrEqual(BURST);
    expect(taken.length).toBeLessThanOrEqual(BURST + paidBack);
    const refused = results.filter(({ reason }) => reason === 'WRITE_LIMIT');
    expect(refused).toHaveLength(results.length - taken.length);
    await platform.shiftClock(Date.parse(refused.at(-1)!.retryAt!) - Date.now());
    expect(await write(person.api, shop.id, 'at last')).toMatchObject({
      replayed: false,
      id: expect.any(String),
    });
  });

  it.each(['', 'x'.repeat(4_097), '\ud800'])('must be a text: %#', async (text) => {
    const { person } = await somebody();
    await expect(write(person.api, shop.id, text)).rejects.toThrow(/input.text/);
    await expect(write(person.api, 'biz_nonsense', 'x')).rejects.toThrow(/input.business/);
  });
});

describe('between messages of the business', () => {
  it('does not disturb their order, and takes no number of the inbox', async () => {
    const { person, contact } = await somebody();
    const { release } = await holdNewest(platform);
    const texts = Array.from({ length: 60 }, (_, at) => `${at}`);
    for (let at = 0; at < texts.length; at += 12) {
      await sendAll(
        business,
        texts.slice(at, at + 12).map((text) => aMessage(contact, { text })),
      );
      await write(person.api, shop.id, `behind ${at}`);
    }
    await release();
    const inbox = await until('everything is visible', async () => {
      const { inbox } = await person.api.do(`{ inbox(first: 100) { nodes { text cursor } } }`);
      return inbox.nodes.length >= texts.length && inbox.nodes;
    });
    expect(inbox.map(({ text }: any) => text)).toEqual([...texts].reverse());
    expect(inbox.map(({ cursor }: any) => Number(cursor))).toEqual(texts.map((_, at) => texts.length - at));
    const { nodes } = await conversationOf(person, shop.id, ', first: 100');
    expect(nodes.filter(({ fromYou }: any) => fromYou).map(({ status }: any) => status)).toEqual(
      Array(5).fill('DELIVERED'),
    );
    const [row] = await platform.database.sql<{ left: number }>(
      'SELECT count(*)::int AS left FROM conversation_queue',
    );
    expect(row?.left).toBe(0);
  });

  it('is left alone by a stop of everything', async () => {
    const { person, contact } = await somebody();
    await write(person.api, shop.id, 'Leave this as it is');
    await person.api.do('mutation { stop(input: {}) { __typename } }');
    expect(await messagesWith(business, contact)).toMatchObject([{ status: 'DELIVERED' }]);
  });
});

it('a business follows what people write without missing or repeating', async () => {
  const query = `subscription ($after: String) { messageReceived(after: $after) { cursor message { text contact { id } } } }`;
  const people = await reachablePeople(platform, business, 4);
  const texts: string[] = [];
  const live = business.subscribe(query);
  const first = live.next();
  await until('the business follows', async () => {
    // As often as it takes: nobody can say when a subscription has begun.
    const { person } = await somebody();
    await write(person.api, shop.id, 'begin');
    return Promise.race([
      first.then(() => true),
      new Promise<false>((resolve) => setTimeout(resolve, 300, false)),
    ]);
  });
  let after = (await first).value?.['messageReceived'].cursor as string;
  await live.return();
  const total = people.length * BURST;
  const writing = Promise.all(
    people.map(async ({ person }, nr) => {
      for (let at = 0; at < BURST; at++) await write(person.api, shop.id, `${nr}/${at}`);
    }),
  );
  while (texts.length < total) {
    const following = business.subscribe(query, { after });
    // A connection that drops every few messages.
    for (let at = 0; at < 6 && texts.length < total; at++) {
      const { messageReceived } = (await following.next()).value as Record<string, any>;
      const { cursor, message } = messageReceived;
      after = cursor;
      // What was written just before the subscription may still come, where a transaction was running then.
      if (/^\d+\/\d+$/.test(message.text)) texts.push(message.text);
    }
    await following.return();
  }
  await writing;
  const expected = people.flatMap((_, nr) => Array.from({ length: BURST }, (_, at) => `${nr}/${at}`));
  expect([...texts].sort()).toEqual(expected);
  for (const nr of people.keys())
    expect(texts.filter((text) => text.startsWith(`${nr}/`))).toEqual(
      expected.filter((text) => text.startsWith(`${nr}/`)),
    );
});
