import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aBusiness, type TestBusiness } from '../support/builders/accounts.js';
import { write } from '../support/builders/conversations.js';
import { erased, eraseMe } from '../support/builders/erasure.js';
import { reachablePeople, type Reachable, send, wasAccepted } from '../support/builders/messaging.js';
import { aPerson } from '../support/builders/people.js';
import { setPreferences } from '../support/builders/preferences.js';
import { eventsOf } from '../support/builders/webhooks.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { startPlatform, type TestPlatform, until } from '../support/platform.js';

let platform: TestPlatform;
let shop: TestBusiness;
let business: GraphQLClient;

beforeAll(async () => {
  platform = await startPlatform({ PAIR_BURST: '1000' });
  shop = await aBusiness(platform);
  business = platform.business(shop.apiKey);
});
afterAll(() => platform.stop());

const react = async (api: GraphQLClient, message: string, emoji: string | null): Promise<any> =>
  (
    await api.do(
      `mutation ($input: ReactToMessageInput!) { reactToMessage(input: $input) { __typename
        ... on ReactToMessagePayload { emoji changed } ... on Refusal { reason retryAt } } }`,
      { input: { message, emoji } },
    )
  ).reactToMessage;

const THREAD = 'nodes { id text inReplyTo reactions { by emoji } }';
/** The conversation as the business sees it, newest first. */
const asBusiness = async (contact: string): Promise<any[]> =>
  (await business.do(`query ($contact: ID!) { messages(contact: $contact) { ${THREAD} } }`, { contact }))
    .messages.nodes;
const asPerson = async ({ api }: Reachable['person']): Promise<any[]> =>
  (await api.do(`query ($of: ID!) { conversation(business: $of) { ${THREAD} } }`, { of: shop.id }))
    .conversation.nodes;

/** A conversation of two messages: the person wrote one, and one of the business is visible. */
async function aThread() {
  const [{ person, contact }] = (await reachablePeople(platform, business, 1)) as [Reachable];
  await write(person.api, shop.id, 'Is it ready?');
  const { id } = await send(business, contact, { freeForm: 'It is.' });
  const visible = await until('the answer is visible', async () => {
    const nodes = await asPerson(person);
    return nodes.length === 2 && nodes;
  });
  const [, written] = await asBusiness(contact);
  return {
    person,
    contact,
    sent: id!,
    written: written.id,
    toPerson: visible[0].id,
    byPerson: visible[1].id,
  };
}

describe('a reaction', () => {
  it('is one of each side, seen by both, changed, taken back, and told once each', async () => {
    const { person, contact, sent, toPerson } = await aThread();
    expect(await react(person.api, toPerson, '👍')).toMatchObject({ emoji: '👍', changed: true });
    expect(await react(person.api, toPerson, '👍')).toMatchObject({ changed: false });
    expect(await react(person.api, toPerson, '❤')).toMatchObject({ emoji: '❤️', changed: true });
    expect(await react(business, sent, '🎉')).toMatchObject({ emoji: '🎉', changed: true });
    const both = [
      { by: 'BUSINESS', emoji: '🎉' },
      { by: 'PERSON', emoji: '❤️' },
    ];
    expect((await asBusiness(contact))[0].reactions).toEqual(both);
    expect((await asPerson(person))[0].reactions).toEqual(both);
    expect(await react(person.api, toPerson, null)).toMatchObject({ emoji: null, changed: true });
    expect(await react(person.api, toPerson, null)).toMatchObject({ changed: false });
    expect((await asBusiness(contact))[0].reactions).toEqual(both.slice(0, 1));
    await until('its events can be read', async () => {
      const events = (await eventsOf(business, { types: ['message.reaction'] })).map(({ payload }) =>
        JSON.parse(payload),
      );
      const own = events.filter(({ data }) => data.message === sent);
      if (own.length < 4) return false;
      expect(own.map(({ data }) => [data.by, data.removed])).toEqual([
        ['PERSON', false],
        ['PERSON', false],
        ['BUSINESS', false],
        ['PERSON', true],
      ]);
      return true;
    });
  });

  it('is sealed, and one emoji', async () => {
    const { person, toPerson, written } = await aThread();
    await react(person.api, toPerson, '🦄');
    const rows = await platform.database.sql<{ content: Buffer }>('SELECT content FROM reaction');
    expect(rows.some(({ content }) => content.includes('🦄'))).toBe(false);
    for (const emoji of ['', 'ok', '👍👍', '👍 ']) {
      await expect(react(person.api, toPerson, emoji)).rejects.toThrow(/input.emoji/);
      await expect(react(business, written, emoji)).rejects.toThrow(/input.emoji/);
    }
  });

  it('is for those of the conversation, to what both can see', async () => {
    const { contact, sent, toPerson, person } = await aThread();
    const stranger = await aPerson(platform);
    const other = platform.business((await aBusiness(platform)).apiKey);
    for (const answer of [
      await react(stranger.api, toPerson, '👍'),
      await react(other, sent, '👍'),
      await react(business, 'msg_nonsense', '👍'),
    ]) {
      expect(answer).toMatchObject({ reason: 'MESSAGE_UNKNOWN', retryAt: null });
    }
    await setPreferences(person.api, { pausedUntil: new Date(Date.now() + 3_600_000).toISOString() });
    const waiting = await send(business, contact, { freeForm: 'Later' });
    expect(await react(business, waiting.id!, '👍')).toMatchObject({ reason: 'MESSAGE_UNKNOWN' });
  });

  it('of a business passes where it may answer in free words, and nowhere else', async () => {
    const { person, written, contact } = await aThread();
    const until = new Date(Date.now() + 3_600_000).toISOString();
    await setPreferences(person.api, { pausedUntil: until });
    expect(await react(business, written, '👍')).toEqual({
      __typename: 'ReactionNotTaken',
      reason: 'PAUSED',
      retryAt: until,
    });
    await setPreferences(person.api, { pausedUntil: null });
    expect(await react(business, written, '👍')).toMatchObject({ changed: true });
    await person.api.do(`mutation ($of: ID!) { block(input: { business: $of }) { __typename } }`, {
      of: shop.id,
    });
    expect(await react(business, written, '👎')).toMatchObject({ reason: 'CONTACT_BLOCKED' });
    expect(await react(business, written, null)).toMatchObject({ changed: true });
    expect((await asBusiness(contact))[1].reactions).toEqual([]);

    const late = await aThread();
    await platform.shiftClock(25 * 3_600_000);
    expect(await react(business, late.written, '👍')).toMatchObject({ reason: 'SERVICE_WINDOW_CLOSED' });
    await platform.shiftClock(0);
  });

  it('of a person is refused by a business that blocked them, but for taking it back', async () => {
    const { person, contact, toPerson } = await aThread();
    await react(person.api, toPerson, '👍');
    await business.do(`mutation ($id: ID!) { blockContact(input: { contact: $id }) { __typename } }`, {
      id: contact,
    });
    expect(await react(person.api, toPerson, '👎')).toMatchObject({ reason: 'BLOCKED_BY_BUSINESS' });
    expect(await react(person.api, toPerson, null)).toMatchObject({ changed: true });
  });

  it('is one, whatever comes at once', async () => {
    const { person, toPerson } = await aThread();
    const answers = await Promise.all(Array.from({ length: 8 }, () => react(person.api, toPerson, '👍')));
    expect(answers.filter(({ changed }) => changed)).toHaveLength(1);
  });

  it('goes with the person', async () => {
    const { person, toPerson, written } = await aThread();
    await react(person.api, toPerson, '👍');
    await react(business, written, '👍');
    const { stores } = await erased(platform, (await eraseMe(person)).token);
    expect(stores.find(({ store }) => store === 'reactions')?.rows).toBe(2);
    const { message } = await business.do('query ($id: ID!) { message(id: $id) { reactions { emoji } } }', {
      id: written,
    });
    expect(message.reactions).toEqual([]);
    expect(await react(business, written, '👍')).toMatchObject({ reason: 'MESSAGE_UNKNOWN' });
  });
});

describe('a reply', () => {
  const answerTo = async (api: GraphQLClient, text: string, inReplyTo: string): Promise<any> =>
    (
      await api.do(
        `mutation ($input: WriteToBusinessInput!) { writeToBusiness(input: $input) { __typename
          ... on WriteToBusinessPayload { id } ... on Refusal { reason } } }`,
        { input: { business: shop.id, text, inReplyTo, idempotencyKey: `${text} ${inReplyTo}` } },
      )
    ).writeToBusiness;

  it('says which message it answers, either way, to both', async () => {
    const { person, contact, sent, written, toPerson, byPerson } = await aThread();
    expect(wasAccepted(await send(business, contact, { text: 'Which?', inReplyTo: written }))).toBe(true);
    expect(await answerTo(person.api, 'The blue one', toPerson)).toMatchObject({ id: expect.any(String) });
    await until('the business’s reply is visible', async () => (await asPerson(person)).length === 4);
    expect((await asBusiness(contact)).map(({ inReplyTo }) => inReplyTo)).toEqual([
      sent,
      written,
      null,
      null,
    ]);
    expect((await asPerson(person)).map(({ inReplyTo }) => inReplyTo)).toEqual([
      toPerson,
      byPerson,
      null,
      null,
    ]);
    const { inbox } = await person.api.do('{ inbox { nodes { inReplyTo } } }');
    expect(inbox.nodes.map(({ inReplyTo }: any) => inReplyTo)).toEqual([byPerson, null]);
  });

  it('answers nothing of another conversation, nor what nobody can see', async () => {
    const [one, two] = [await aThread(), await aThread()];
    for (const inReplyTo of [two.written, two.sent, 'msg_nonsense']) {
      expect(await send(business, one.contact, { text: 'x', inReplyTo })).toMatchObject({
        reason: 'REPLY_UNKNOWN',
        retryAt: null,
      });
    }
    for (const inReplyTo of [two.toPerson, 'msg_nonsense'])
      expect(await answerTo(one.person.api, 'x', inReplyTo)).toMatchObject({ reason: 'REPLY_UNKNOWN' });
    const { preflight } = await business.do(
      `query ($input: PreflightInput!) { preflight(input: $input) { decisions { because { gate reason } } } }`,
      { input: { messages: [{ contact: one.contact, text: 'x', inReplyTo: two.written }] } },
    );
    expect(preflight.decisions).toEqual([{ because: { gate: 'CONTENT', reason: 'REPLY_UNKNOWN' } }]);
  });

  it('is part of what a key stands for', async () => {
    const { contact, sent, written } = await aThread();
    const key = { idempotencyKey: 'a-reply', text: 'Same' };
    const first = await send(business, contact, { ...key, inReplyTo: written });
    expect(await send(business, contact, { ...key, inReplyTo: written })).toMatchObject({
      id: first.id,
      replayed: true,
    });
    expect(await send(business, contact, { ...key, inReplyTo: sent })).toMatchObject({
      reason: 'IDEMPOTENCY_CONFLICT',
    });
  });
});
