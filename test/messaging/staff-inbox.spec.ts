import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aBusiness, type TestBusiness } from '../support/builders/accounts.js';
import { conversationOf, messagesWith, write } from '../support/builders/conversations.js';
import { erased, eraseMe } from '../support/builders/erasure.js';
import { reachablePeople, type Reachable, send } from '../support/builders/messaging.js';
import { eventsOf } from '../support/builders/webhooks.js';
import {
  aMember,
  conversationsOf,
  conversationWith,
  inConversation,
  note,
  notesOn,
  type TestMember,
} from '../support/builders/staff.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { startPlatform, type TestPlatform, until } from '../support/platform.js';

let platform: TestPlatform;
let shop: TestBusiness;
let business: GraphQLClient;
let agent: TestMember;

beforeAll(async () => {
  platform = await startPlatform({ PERSON_WRITE_BURST: '1000', PAIR_BURST: '1000' });
  shop = await aBusiness(platform);
  business = platform.business(shop.apiKey);
  agent = await aMember(platform, shop, 'AGENT');
});
afterAll(() => platform.stop());

/** People who wrote to the shop, in this order. */
async function writers(count: number, texts = ['Hello']): Promise<Reachable[]> {
  const people = await reachablePeople(platform, business, count);
  for (const { person } of people) for (const text of texts) await write(person.api, shop.id, text);
  return people;
}
const aWriter = async (...texts: string[]) => (await writers(1, texts.length > 0 ? texts : undefined))[0]!;
/** What happened to a conversation, once as much can be read: an event can as soon as no older transaction runs. */
const changesOf = (contact: string, count: number): Promise<any[]> =>
  until(`${count} events can be read`, async () => {
    const events = (await eventsOf(business, { types: ['conversation.changed'] }))
      .map(({ payload }) => JSON.parse(payload).data)
      .filter((data) => data.contact === contact);
    return events.length >= count && events;
  });
const idsOf = ({ nodes }: any) => nodes.map(({ contact }: any) => contact.id);

describe('the inbox of staff', () => {
  it('has the conversations in which people wrote, last first, page by page', async () => {
    const three = (await writers(3)).map(({ contact }) => contact).reverse();
    const first = await conversationsOf(business, {}, { first: 2 });
    expect(idsOf(first)).toEqual(three.slice(0, 2));
    const { endCursor, hasNextPage } = first.pageInfo;
    expect(hasNextPage).toBe(true);
    expect(idsOf(await conversationsOf(business, {}, { first: 1, after: endCursor }))).toEqual([three[2]]);
    await expect(conversationsOf(business, {}, { after: 'ctc_nonsense' })).rejects.toThrow(
      /conversations.after/,
    );
  });

  it('has none of a contact who never wrote, and is not moved by what the business sends', async () => {
    const [{ contact }] = (await reachablePeople(platform, business, 1)) as [Reachable];
    const writer = await aWriter();
    await send(business, contact);
    expect(await conversationWith(business, contact)).toBeNull();
    expect(idsOf(await conversationsOf(business, {}, { first: 1 }))).toEqual([writer.contact]);
    for (const operation of ['closeConversation', 'reopenConversation', 'markConversationRead']) {
      expect(await inConversation(business, operation, { contact })).toMatchObject({
        __typename: 'ConversationRefusal',
        reason: 'CONVERSATION_UNKNOWN',
        retryAt: null,
      });
    }
  });

  it('is searched by contact, state, assignee and what is unread', async () => {
    const [{ contact }, other] = (await writers(2)) as [Reachable, Reachable];
    await inConversation(business, 'assignConversation', { contact, assignee: agent.id });
    await inConversation(business, 'markConversationRead', { contact });
    await inConversation(business, 'closeConversation', { contact });
    expect(idsOf(await conversationsOf(business, { assignee: agent.id }))).toEqual([contact]);
    expect(idsOf(await conversationsOf(business, { state: 'CLOSED' }))).toEqual([contact]);
    expect(idsOf(await conversationsOf(business, { contact: { id: contact } }))).toEqual([contact]);
    expect(idsOf(await conversationsOf(business, { contact: { externalId: 'customer-1' } }))).toEqual([
      other.contact,
    ]);
    expect(idsOf(await conversationsOf(business, { contact: { externalId: 'nobody' } }))).toEqual([]);
    for (const filter of [{ unassigned: true }, { unread: true }, { state: 'OPEN' }]) {
      const found = idsOf(await conversationsOf(business, filter));
      expect(found).toContain(other.contact);
      expect(found).not.toContain(contact);
    }
    const both = idsOf(
      await conversationsOf(business, { unassigned: false, unread: false, state: 'CLOSED' }),
    );
    expect(both).toEqual([contact]);
    await expect(conversationsOf(business, { assignee: 'nobody' })).rejects.toThrow(/filter.assignee/);
  });
});

describe('a conversation', () => {
  it('is given to a member, and to nobody, once each', async () => {
    const { contact } = await aWriter();
    const give = (assignee: string | null) =>
      inConversation(business, 'assignConversation', { contact, assignee });
    expect(await give(agent.id)).toMatchObject({
      changed: true,
      conversation: { assignee: { id: agent.id, role: 'AGENT' } },
    });
    expect(await give(agent.id)).toMatchObject({ changed: false });
    expect(await give(null)).toMatchObject({ changed: true, conversation: { assignee: null } });
    expect((await changesOf(contact, 2)).map(({ assignee, by }) => ({ assignee, by }))).toEqual([
      { assignee: agent.id, by: shop.apiKeyId },
      { assignee: null, by: shop.apiKeyId },
    ]);
  });

  it('is given to nobody who may not answer, and to none of another business', async () => {
    const { contact } = await aWriter();
    const analyst = await aMember(platform, shop, 'ANALYST');
    const foreign = await aMember(platform, await aBusiness(platform), 'AGENT');
    const give = (assignee: string) => inConversation(business, 'assignConversation', { contact, assignee });
    expect(await give(analyst.id)).toMatchObject({ reason: 'ASSIGNEE_MAY_NOT' });
    expect(await give(foreign.id)).toMatchObject({ reason: 'MEMBER_UNKNOWN' });
    expect(await give('mem_nonsense')).toMatchObject({ reason: 'MEMBER_UNKNOWN' });
    expect(await changesOf(contact, 0)).toEqual([]);
    const { members } = await business.do('{ members { nodes { id role } } }');
    expect(members.nodes).toEqual(
      expect.arrayContaining([
        { id: agent.id, role: 'AGENT' },
        { id: analyst.id, role: 'ANALYST' },
      ]),
    );
    expect(members.nodes.map(({ id }: any) => id)).not.toContain(foreign.id);
  });

  it('is closed and opened by staff, and opened by what the person writes', async () => {
    const { contact, person } = await aWriter();
    expect(await inConversation(agent.api, 'closeConversation', { contact })).toMatchObject({
      changed: true,
      conversation: { state: 'CLOSED', closedBy: agent.id, closedAt: expect.any(String) },
    });
    expect(await inConversation(business, 'closeConversation', { contact })).toMatchObject({
      changed: false,
      conversation: { closedBy: agent.id },
    });
    expect(await inConversation(business, 'reopenConversation', { contact })).toMatchObject({
      changed: true,
      conversation: { state: 'OPEN', closedAt: null, closedBy: null },
    });
    await inConversation(business, 'closeConversation', { contact });
    await write(person.api, shop.id, 'One more thing');
    expect(await conversationWith(business, contact)).toMatchObject({ state: 'OPEN', unread: 2 });
    expect((await changesOf(contact, 4)).map(({ change, by }) => [change, by])).toEqual([
      ['CLOSED', agent.id],
      ['REOPENED', shop.apiKeyId],
      ['CLOSED', shop.apiKeyId],
      ['REOPENED', null],
    ]);
  });

  it('counts what nobody has read, whichever way it is read, and the person sees that it was', async () => {
    const { contact, person } = await aWriter('one', 'two', 'three');
    expect(await conversationWith(business, contact)).toMatchObject({ unread: 3, readAt: null });
    const [newest] = await messagesWith(business, contact);
    const marking = `mutation ($ids: [ID!]!) { markMessagesRead(input: { messages: $ids }) { marked } }`;
    for (let time = 0; time < 2; time++) await business.do(marking, { ids: [newest.id, newest.id] });
    expect(await conversationWith(business, contact)).toMatchObject({ unread: 2, readBy: shop.apiKeyId });
    expect(await inConversation(agent.api, 'markConversationRead', { contact })).toMatchObject({
      changed: true,
      conversation: { unread: 0, readBy: agent.id },
    });
    expect(await inConversation(agent.api, 'markConversationRead', { contact })).toMatchObject({
      changed: false,
    });
    const { nodes } = await conversationOf(person, shop.id);
    expect(nodes.map(({ status }: any) => status)).toEqual(['READ', 'READ', 'READ']);
    expect((await changesOf(contact, 2)).map(({ change, unread }) => [change, unread])).toEqual([
      ['READ', 2],
      ['READ', 0],
    ]);
  });

  it('counts exactly, whoever writes and reads at once', async () => {
    const { contact, person } = await aWriter();
    await Promise.all(
      Array.from({ length: 12 }, (_, at) =>
        at % 3 === 2
          ? inConversation(business, 'markConversationRead', { contact })
          : write(person.api, shop.id, `${at}`),
      ),
    );
    const left = (await messagesWith(business, contact)).filter(({ status }: any) => status === 'DELIVERED');
    expect((await conversationWith(business, contact)).unread).toBe(left.length);
  });
});

describe('notes', () => {
  it('are for staff alone, sealed, newest first, page by page', async () => {
    const { contact, person } = await aWriter();
    for (const text of ['Prefers mornings', 'Knows the boss']) await note(agent.api, contact, text);
    const first = await notesOn(business, contact, { first: 1 });
    expect(first.nodes).toMatchObject([{ text: 'Knows the boss', by: agent.id }]);
    const rest = await notesOn(business, contact, { first: 1, after: first.pageInfo.endCursor });
    expect(rest.nodes).toMatchObject([{ text: 'Prefers mornings' }]);
    expect(await conversationWith(business, contact)).toMatchObject({ notes: 2 });
    const { nodes } = await conversationOf(person, shop.id);
    expect(nodes.map(({ text }: any) => text)).toEqual(['Hello']);
    const [row] = await platform.database.sql<{ content: Buffer }>(
      'SELECT content FROM conversation_note ORDER BY id DESC LIMIT 1',
    );
    expect(row?.content.includes('boss')).toBe(false);
    expect((await changesOf(contact, 2)).map(({ change }) => change)).toEqual(['NOTED', 'NOTED']);
  });

  it('are written once under a key; another text is a conflict', async () => {
    const { contact } = await aWriter();
    const tries = await Promise.all(
      Array.from({ length: 5 }, () => note(business, contact, 'Once', 'the-key')),
    );
    expect(tries.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(new Set(tries.map((answer) => answer.note.id)).size).toBe(1);
    expect(await note(business, contact, 'Else', 'the-key')).toMatchObject({
      reason: 'IDEMPOTENCY_CONFLICT',
    });
    expect((await notesOn(business, contact)).nodes).toHaveLength(1);
    for (const text of ['', 'x'.repeat(4_097)])
      await expect(note(business, contact, text)).rejects.toThrow(/input.text/);
  });

  it('are deleted by their author and by managers only', async () => {
    const { contact } = await aWriter();
    const remove = (api: GraphQLClient, id: string) =>
      inConversation(api, 'deleteConversationNote', { note: id });
    const [mine, theirs] = [await note(agent.api, contact, 'mine'), await note(business, contact, 'theirs')];
    expect(await remove(agent.api, theirs.note.id)).toMatchObject({ reason: 'NOT_THE_AUTHOR' });
    expect(await remove(agent.api, mine.note.id)).toMatchObject({
      changed: true,
      conversation: { notes: 1 },
    });
    expect(await remove(agent.api, mine.note.id)).toMatchObject({ reason: 'NOTE_UNKNOWN' });
    const owner = platform.business(shop.token);
    expect(await remove(owner, theirs.note.id)).toMatchObject({ conversation: { notes: 0 } });
    expect((await notesOn(business, contact)).nodes).toEqual([]);
  });

  it('have room for 1,000', async () => {
    const { contact } = await aWriter();
    await platform.database.sql(
      'UPDATE conversation SET notes = 1000 WHERE last_wrote_at = (SELECT max(last_wrote_at) FROM conversation)',
    );
    expect(await note(business, contact, 'One more')).toMatchObject({ reason: 'TOO_MANY_NOTES' });
  });

  it('go with the person', async () => {
    const { contact, person } = await aWriter();
    await note(business, contact, 'Soon gone');
    const { stores } = await erased(platform, (await eraseMe(person)).token);
    const rows = (name: string) => stores.find(({ store }) => store === name)?.rows;
    expect(rows('notes of staff')).toBe(1);
    expect(rows('conversations of staff')).toBe(1);
    expect(await conversationWith(business, contact)).toBeNull();
    expect((await notesOn(business, contact)).nodes).toEqual([]);
    expect(await note(business, contact, 'Too late')).toMatchObject({ reason: 'CONVERSATION_UNKNOWN' });
  });
});

describe('walls', () => {
  it('keep another business, and members who only read, from all of it', async () => {
    const { contact } = await aWriter();
    const added = await note(business, contact, 'Ours');
    const other = platform.business((await aBusiness(platform)).apiKey);
    expect((await conversationsOf(other)).nodes).toEqual([]);
    expect(await conversationWith(other, contact)).toBeNull();
    expect((await notesOn(other, contact)).nodes).toEqual([]);
    expect(await note(other, contact, 'Theirs')).toMatchObject({ reason: 'CONVERSATION_UNKNOWN' });
    expect(await inConversation(other, 'deleteConversationNote', { note: added.note.id })).toMatchObject({
      reason: 'NOTE_UNKNOWN',
    });
    const analyst = await aMember(platform, shop, 'ANALYST');
    expect((await notesOn(analyst.api, contact)).nodes).toHaveLength(1);
    await expect(note(analyst.api, contact, 'x')).rejects.toThrow(/FORBIDDEN|conversations:manage/);
    const closing = inConversation(analyst.api, 'closeConversation', { contact });
    await expect(closing).rejects.toThrow(/FORBIDDEN|conversations:manage/);
  });
});
