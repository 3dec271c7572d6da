import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  aBusiness,
  anApiKey,
  anUnverifiedBusiness,
  type TestBusiness,
} from '../support/builders/accounts.js';
import { messagesWith, write } from '../support/builders/conversations.js';
import { contactBy, contactsOf, match, outcomesOf } from '../support/builders/matching.js';
import { type Reachable, reachablePeople, send, sendAll, aMessage } from '../support/builders/messaging.js';
import { aPerson, requestCode } from '../support/builders/people.js';
import { contactOf, inTestMode, testContact, testNumber } from '../support/builders/test-mode.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { plantFault } from '../support/plant-fault.js';
import { startPlatform, type TestPlatform, until } from '../support/platform.js';

let platform: TestPlatform;
let owner: TestBusiness;
let live: GraphQLClient;
let test: GraphQLClient;

beforeAll(async () => {
  platform = await startPlatform();
  owner = await aBusiness(platform);
  live = platform.business(owner.apiKey);
  test = await inTestMode(platform, owner.token);
});
afterAll(() => platform.stop());

/** A real person, and the handle that a business has of them. */
async function aRealContact(api: GraphQLClient): Promise<Reachable> {
  const [real] = await reachablePeople(platform, api, 1);
  return real!;
}

const inboxTexts = async ({ api }: { api: GraphQLClient }) => {
  const { inbox } = await api.do('{ inbox(first: 50) { nodes { text } } }');
  return inbox.nodes.map(({ text }: { text: string }) => text);
};

describe('a test key', () => {
  it('says so in its secret, its mode and its viewer, and speaks for the business itself', async () => {
    const { createApiKey } = await platform.business(owner.token).do(
      `mutation { createApiKey(input: { mode: TEST, name: "Suite", scopes: ["account:read"] }) {
        ... on CreateApiKeyPayload { secret apiKey { mode } } } }`,
    );
    expect(createApiKey).toEqual({ secret: expect.stringMatching(/^ak_test_/), apiKey: { mode: 'TEST' } });
    const { viewer } = await platform
      .business(createApiKey.secret)
      .do('{ viewer { mode apiKey { mode } business { id displayName status } } }');
    expect(viewer).toEqual({
      mode: 'TEST',
      apiKey: { mode: 'TEST' },
      business: { id: owner.id, displayName: owner.displayName, status: 'VERIFIED' },
    });
  });

  it('is live where nothing is said, and members always are', async () => {
    const asks = '{ viewer { mode } }';
    expect(await live.do(asks)).toEqual({ viewer: { mode: 'LIVE' } });
    expect(await platform.business(owner.token).do(asks)).toEqual({ viewer: { mode: 'LIVE' } });
  });

  it('is refused once it is revoked', async () => {
    const { secret, id } = await anApiKey(platform, owner.token, { mode: 'TEST' });
    await platform
      .business(owner.token)
      .do('mutation ($id: ID!) { revokeApiKey(input: { id: $id }) { __typename } }', { id });
    const { errors } = await platform.business(secret).raw('{ viewer { mode } }');
    expect(errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });

  it('finds nobody real, and tells of it as of any number', async () => {
    const person = await aPerson(platform);
    expect(await outcomesOf(test, [{ externalId: 'real', phone: person.phone }])).toEqual(['ACCEPTED']);
    expect(await contactBy(test, { externalId: 'real' })).toBeNull();
  });

  it('matches at most 100 test numbers a call', async () => {
    const customers = ['201', '202'].flatMap((areaCode) =>
      Array.from({ length: 51 }, (_, at) => {
        const phone = testNumber(String(at).padStart(2, '0'), areaCode);
        return { externalId: phone, phone };
      }),
    );
    const { errors } = await test.raw(
      'mutation ($customers: [MatchCustomerInput!]!) { matchContacts(input: { customers: $customers }) { __typename } }',
      { customers },
    );
    expect(errors?.[0]?.extensions.faults).toEqual([
      { field: 'input.customers', rule: 'must have at most 100 test numbers' },
    ]);
  });
});

describe('a test number', () => {
  it('is nobody’s to prove', async () => {
    const failed = requestCode(platform, testNumber('00'));
    await expect(failed).rejects.toThrow(/must not be a test number/);
  });

  it('is like an unknown number to a live key', async () => {
    await testContact(test, '00');
    const list = [{ externalId: 'test number', phone: testNumber('00') }];
    expect(await outcomesOf(live, list)).toEqual(['ACCEPTED']);
    expect(await contactBy(live, { externalId: 'test number' })).toBeNull();
  });

  it('is somebody else in each business’s test mode', async () => {
    const others = await inTestMode(platform, (await anUnverifiedBusiness(platform)).token);
    const [mine, theirs] = [await testContact(test, '13', '301'), await testContact(others, '13', '301')];
    await send(test, mine);
    await until('the stop is there', async () => (await send(test, mine)).reason === 'CONSENT_STOPPED');
    expect(await send(others, theirs)).toMatchObject({ __typename: 'AcceptedMessage' });
  });

  it('that many calls ask for at the same time is one person', async () => {
    const phone = testNumber('00', '303');
    const contacts = await Promise.all(Array.from({ length: 16 }, () => contactOf(test, phone)));
    expect(new Set(contacts).size).toBe(1);
    const [row] = await platform.database.sql<{ people: number }>(
      `SELECT count(*)::int AS people FROM person WHERE sandbox_id IS NOT NULL AND id NOT IN (SELECT person_id FROM contact WHERE person_id IS NOT NULL)`,
    );
    expect(row?.people).toBe(0);
  });
});

describe('the two modes of a business', () => {
  it('do not see each other’s contacts and messages', async () => {
    const { contact: real } = await aRealContact(live);
    const played = await testContact(test, '00', '304');
    const sent = { live: (await send(live, real)).id!, test: (await send(test, played)).id! };

    const ids = async (api: GraphQLClient) => (await contactsOf(api)).map(({ id }) => id);
    expect(await ids(live)).toContain(real);
    expect(await ids(live)).not.toContain(played);
    expect(await ids(test)).toContain(played);
    expect(await ids(test)).not.toContain(real);

    const message = async (api: GraphQLClient, id: string) =>
      (await api.do('query ($id: ID!) { message(id: $id) { id } }', { id })).message;
    expect(await message(live, sent.live)).toEqual({ id: sent.live });
    expect(await message(test, sent.test)).toEqual({ id: sent.test });
    expect(await message(live, sent.test)).toBeNull();
    expect(await message(test, sent.live)).toBeNull();
    expect(await contactBy(live, { id: played })).toBeNull();
    expect(await contactBy(test, { id: real })).toBeNull();
    const all = async (api: GraphQLClient) =>
      (await api.do('{ messages(first: 100) { nodes { id } } }')).messages.nodes.map(({ id }: any) => id);
    expect(await all(live)).not.toContain(sent.test);
    expect(await all(test)).not.toContain(sent.live);
  });

  it('do not message each other’s contacts, and name the mode as the reason', async () => {
    const { person, contact: real } = await aRealContact(live);
    const played = await testContact(test, '00', '305');
    expect(await send(live, played)).toMatchObject({ reason: 'TEST_CONTACT', retryAt: null });
    expect(await send(platform.business(owner.token), played)).toMatchObject({ reason: 'TEST_CONTACT' });
    expect(await send(test, real, { text: 'Only a test.' })).toMatchObject({
      reason: 'LIVE_CONTACT',
      retryAt: null,
    });
    const batch = await sendAll(test, [aMessage(real), aMessage(played), aMessage('ctc_nonsense')]);
    expect(batch.map(({ reason }) => reason)).toEqual(['LIVE_CONTACT', undefined, 'CONTACT_UNKNOWN']);
    expect(await inboxTexts(person)).toEqual([]);
  });

  it('are kept apart by the database too, should a statement forget whose contacts it reads', async () => {
    const played = await testContact(test, '00', '319');
    const repair = plantFault((sql) =>
      sql.replace('WHERE business_id = $1 AND id >', 'WHERE $1::uuid IS NOT NULL AND id >'),
    );
    const ids = await contactsOf(live)
      .then((contacts) => contacts.map(({ id }) => id))
      .finally(repair);
    expect(ids).not.toContain(played);
  });

  it('follow what happens in their own mode only', async () => {
    const { person, contact: real } = await aRealContact(live);
    const played = await testContact(test, '30', '307');
    const step = 'subscription { messageStatusChanged { messageId } }';
    const answer = 'subscription { messageReceived { message { text } } }';
    const streams = [step, answer].flatMap((query) => [live.subscribe(query), test.subscribe(query)]);
    // They begin with what comes after they were let in: something is sent until each has seen something.
    const progress = { done: false };
    const seen = Promise.all(streams.map((stream) => stream.next())).finally(() => (progress.done = true));
    while (!progress.done) {
      await send(live, real);
      await send(test, played);
      await write(person.api, owner.id, 'From somebody real.');
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    const [liveStep, testStep, liveAnswer, testAnswer] = (await seen).map(({ value }) => value);
    await Promise.all(streams.map((stream) => stream.return(undefined)));
    // Also of a message that was sent before.
    const knows = async (mode: GraphQLClient, id: string) =>
      (await mode.do('query ($id: ID!) { message(id: $id) { id } }', { id })).message?.id === id;
    for (const [own, other, step] of [
      [live, test, liveStep],
      [test, live, testStep],
    ]) {
      const { messageId } = step.messageStatusChanged;
      expect([await knows(own, messageId), await knows(other, messageId)]).toEqual([true, false]);
    }
    expect(liveAnswer.messageReceived.message.text).toBe('From somebody real.');
    expect(testAnswer.messageReceived.message.text).toBe('Thank you, this is a reply.');
  });

  it('spend limits of their own', async () => {
    const small = await aBusiness(platform);
    const client = platform.business(small.apiKey);
    const sandbox = await inTestMode(platform, small.token);
    const contacts = [await testContact(sandbox, '00', '308'), await testContact(sandbox, '01', '308')];
    for (const contact of contacts) await send(sandbox, contact);
    const [row] = await platform.database.sql<{ used: number; places: number }>(
      `SELECT coalesce(sum(reach_used), 0)::int AS used, (SELECT count(*)::int FROM reach_place r
          JOIN business b ON b.id = r.business_id WHERE b.sandbox_of IS NULL AND b.id = (SELECT max(sandbox_of::text)::uuid FROM business)) AS places
        FROM business_guard g WHERE business_id = (SELECT max(sandbox_of::text)::uuid FROM business)`,
    );
    expect(row).toEqual({ used: 0, places: 0 });
    expect(
      (await match(client, [{ externalId: 'a', phone: testNumber('00', '308') }])).results,
    ).toBeDefined();
  });

  it('race each other without either seeing the other', async () => {
    const people = await reachablePeople(platform, live, 8);
    const played = await Promise.all(
      ['00', '01', '02', '30'].map((ending) => testContact(test, ending, '309')),
    );
    await Promise.all([
      ...people.map(({ contact }) => send(live, contact, { text: 'for real' })),
      ...played.map((contact) => send(test, contact, { text: 'a test' })),
      ...people.map(({ contact }) => send(test, contact, { text: 'a test' })),
      ...played.map((contact) => send(live, contact, { text: 'for real' })),
    ]);
    for (const { person } of people) {
      await until('the message is there', async () => (await inboxTexts(person)).length === 1);
      expect(await inboxTexts(person)).toEqual(['for real']);
    }
    for (const contact of played) {
      const texts = (await messagesWith(test, contact)).filter(({ direction }) => direction === 'OUTBOUND');
      expect(texts.map(({ text }) => text)).toEqual(['a test']);
    }
  });
});
