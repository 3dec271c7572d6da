import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aBusiness } from '../support/builders/accounts.js';
import { aMessage, reachablePeople, type Reachable, send, sendAll } from '../support/builders/messaging.js';
import { exported, records, unpacked } from '../privacy/exports.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { startPlatform, type TestPlatform, until } from '../support/platform.js';

interface InboxMessage {
  id: string;
  cursor: string;
  text: string;
  status: string;
}

describe('inbox', () => {
  let platform: TestPlatform;
  let business: GraphQLClient;
  let people: Reachable[];

  beforeAll(async () => {
    platform = await startPlatform();
    business = platform.business((await aBusiness(platform)).apiKey);
    people = await reachablePeople(platform, business, 7);
  });
  afterAll(() => platform.stop());

  const somebody = () => people.pop() as Reachable;
  const client = ({ person }: Reachable) => platform.person(person.token);

  async function inbox(reachable: Reachable, first = 100): Promise<InboxMessage[]> {
    const answer = await client(reachable).do(
      `query ($first: Int!) { inbox(first: $first) { nodes { id cursor text status } } }`,
      { first },
    );
    return answer.inbox.nodes;
  }
  const inboxOf = (reachable: Reachable, count: number) =>
    until(`${count} messages are visible`, async () => {
      const messages = await inbox(reachable);
      return messages.length >= count && messages;
    });
  const acknowledge = (reachable: Reachable, ids: string[], receipt: string) =>
    client(reachable).do(
      `mutation ($input: AcknowledgeInput!) { acknowledge(input: $input) { acknowledged } }`,
      {
        input: { messages: ids, receipt },
      },
    );
  const statusOf = async (id: string | undefined) =>
    (await business.do(`query ($id: ID!) { message(id: $id) { status deliveredAt readAt } }`, { id }))
      .message;

  it('shows messages in the order in which they were sent, with who sent them', async () => {
    const reachable = somebody();
    await sendAll(
      business,
      ['one', 'two', 'three'].map((text) => aMessage(reachable.contact, { text })),
    );
    const messages = await inboxOf(reachable, 3);
    expect(messages.map(({ text }) => text)).toEqual(['three', 'two', 'one']);
    const { inbox } = await client(reachable).do(`{ inbox { nodes { business { displayName verified } } } }`);
    expect(inbox.nodes[0].business.verified).toBe(true);
  });

  it('reads page by page', async () => {
    const reachable = somebody();
    await sendAll(
      business,
      Array.from({ length: 5 }, (_, at) => aMessage(reachable.contact, { text: `${at}` })),
    );
    await inboxOf(reachable, 5);
    const texts: string[] = [];
    for (let after: string | null = null; ;) {
      const { inbox }: Record<string, any> = await client(reachable).do(
        `query ($after: String) { inbox(first: 2, after: $after) { nodes { text } pageInfo { hasNextPage endCursor } } }`,
        { after },
      );
      texts.push(...inbox.nodes.map(({ text }: InboxMessage) => text));
      if (!inbox.pageInfo.hasNextPage) break;
      after = inbox.pageInfo.endCursor;
    }
    expect(texts).toEqual(['4', '3', '2', '1', '0']);
  });

  it('moves statuses forward only, and READ includes DELIVERED', async () => {
    const reachable = somebody();
    const { id } = await send(business, reachable.contact);
    const [message] = await inboxOf(reachable, 1);
    const handle = message?.id as string;
    expect((await acknowledge(reachable, [handle], 'READ')).acknowledge.acknowledged).toEqual([handle]);
    expect((await acknowledge(reachable, [handle], 'DELIVERED')).acknowledge.acknowledged).toEqual([]);
    expect(await statusOf(id)).toMatchObject({
      status: 'READ',
      deliveredAt: expect.any(String),
      readAt: expect.any(String),
    });
  });

  it('takes receipts of one’s own messages only', async () => {
    const [mine, theirs] = [somebody(), somebody()];
    // One in 64 of another person's ids looks like one of mine, which then is of nothing: not all of four.
    const sent = [];
    for (let nr = 0; nr < 4; nr++) sent.push(await send(business, theirs.contact));
    const messages = (await inboxOf(theirs, 4)).map(({ id }) => id);
    const { errors } = await client(mine).raw(
      `mutation ($input: AcknowledgeInput!) { acknowledge(input: $input) { acknowledged } }`,
      { input: { messages, receipt: 'READ' } },
    );
    expect(errors?.[0]?.extensions.code).toBe('BAD_INPUT');
    for (const { id } of sent) expect(await statusOf(id)).toMatchObject({ status: 'DISPATCHED' });
  });

  it('is followed from a cursor without missing or repeating, by the person and by the business', async () => {
    const reachable = somebody();
    const query = `subscription ($after: String) { inboxMessages(after: $after) { id cursor text } }`;
    await send(business, reachable.contact, { text: '0' });
    const [first] = await inboxOf(reachable, 1);

    const seen: string[] = [];
    let after = first?.cursor as string;
    for (let round = 0; round < 3; round++) {
      // Sent while nobody listens, and while somebody does.
      await send(business, reachable.contact, { text: `${2 * round + 1}` });
      const following = client(reachable).subscribe(query, { after });
      for (let at = 0; at < 2; at++) {
        const { value } = await following.next();
        seen.push(value?.['inboxMessages'].text);
        after = value?.['inboxMessages'].cursor;
        if (at === 0) await send(business, reachable.contact, { text: `${2 * round + 2}` });
      }
      await following.return();
    }
    expect(seen).toEqual(['1', '2', '3', '4', '5', '6']);

    const steps = business.subscribe(
      `subscription ($after: String) { messageStatusChanged(after: $after) { cursor status messageId } }`,
      { after: null },
    );
    const next = steps.next();
    await until('the business follows', async () => {
      const { id } = await send(business, reachable.contact);
      const step = await Promise.race([
        next,
        new Promise<undefined>((resolve) => setTimeout(resolve, 500, undefined)),
      ]);
      return id && step;
    });
    expect((await next).value?.['messageStatusChanged']).toMatchObject({ status: 'DISPATCHED' });
    await steps.return();
  });

  it('shows what is beside a message that was changed beneath the platform, and says which that is', async () => {
    const reachable = somebody();
    await send(business, reachable.contact, { text: 'sound' });
    await send(business, reachable.contact, { text: 'changed' });
    await inboxOf(reachable, 2);
    const change = `UPDATE message SET content = set_byte(content, 20, get_byte(content, 20) # 1)
      WHERE id = (SELECT id FROM message ORDER BY id DESC LIMIT 1) RETURNING id`;
    const [changed] = await platform.database.sql<{ id: string }>(change);
    const shown = `{ text contentState media { type } }`;
    const expected = [
      { text: null, contentState: 'UNREADABLE', media: null },
      { text: 'sound', contentState: 'READABLE', media: null },
    ];

    const { inbox } = await client(reachable).do(
      `{ inbox { nodes { text contentState media { type } proof business { id } } } }`,
    );
    expect(inbox.nodes).toMatchObject(expected);
    expect(inbox.nodes.map(({ proof }: { proof: string | null }) => proof !== null)).toEqual([false, true]);
    const { conversation } = await client(reachable).do(
      `query ($of: ID!) { conversation(business: $of) { nodes ${shown} } }`,
      { of: inbox.nodes[0].business.id },
    );
    expect(conversation.nodes).toEqual(expected);
    const { messages } = await business.do(`query ($of: ID!) { messages(contact: $of) { nodes ${shown} } }`, {
      of: reachable.contact,
    });
    expect(messages.nodes).toEqual(expected);

    // The operator is told once, with what finds the row.
    const told = platform.logs.filter((line) => line.includes('does not open'));
    expect(told.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({ level: 50, message: changed?.id, errorId: expect.any(String) }),
    ]);
    const archive = await exported(platform, reachable.person);
    expect(records(await unpacked(archive), 'messages.jsonl')).toMatchObject([
      { text: 'sound', contentState: 'READABLE' },
      { text: null, contentState: 'UNREADABLE', proof: null },
    ]);
  });

  it('lets nobody follow without a token', async () => {
    const following = platform.person('nonsense').subscribe(`subscription { inboxMessages { id } }`);
    await expect(following.next()).rejects.toBeDefined();
  });
});
