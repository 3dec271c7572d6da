import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { aBusiness } from '../support/builders/accounts.js';
import { aMessage, type Reachable, reachablePeople, send, sendAll } from '../support/builders/messaging.js';
import { eventsOf } from '../support/builders/webhooks.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { startPlatform, type TestPlatform, until } from '../support/platform.js';

/** Of each of the two subscriptions; half of them at each of two servers. */
const DROPS = 1_000;
const PEOPLE = 5;
/** Longest that a connection is let live, from when it opens. */
const LIFE_MS = 20;

const FOLLOW = {
  inboxMessages: 'subscription ($after: String) { next: inboxMessages(after: $after) { cursor id } }',
  messageStatusChanged: `subscription ($after: String) { next: messageStatusChanged(after: $after) {
    cursor id: messageId status } }`,
};

interface Step {
  cursor: string;
  id: string;
  status?: string;
}

/** A follower whose connection is cut off again and again, with no word to the server, and who goes on by cursor. */
class Follower {
  readonly steps: Step[] = [];
  drops = 0;

  constructor(
    private readonly servers: string[],
    private readonly field: keyof typeof FOLLOW,
    private readonly token: string,
    private after: string,
  ) {}

  /** Follows on the next server until the connection is cut, some milliseconds after it opened. */
  async followOnce(lifeMs = Math.random() * LIFE_MS): Promise<void> {
    let cut: () => void = () => undefined;
    class Cuttable extends WebSocket {
      constructor(...args: ConstructorParameters<typeof WebSocket>) {
        super(...args);
        cut = () => this.terminate();
      }
    }
    const url = this.servers[this.drops % this.servers.length] ?? '';
    const client = createClient({
      url: url.replace(/^http/, 'ws'),
      webSocketImpl: Cuttable,
      connectionParams: { authorization: `Bearer ${this.token}` },
      retryAttempts: 0,
      on: { connected: () => void setTimeout(() => cut(), lifeMs) },
    });
    await new Promise<void>((resolve, reject) => {
      client.subscribe<{ next: Step }>(
        { query: FOLLOW[this.field], variables: { after: this.after } },
        {
          next: ({ data }) => {
            if (!data) return;
            this.steps.push(data.next);
            this.after = data.next.cursor;
          },
          // A connection that was cut ends with an event, a refusal with errors.
          error: (why) => (Array.isArray(why) ? reject(new Error(JSON.stringify(why))) : resolve()),
          complete: () => resolve(),
        },
      );
    });
    await client.dispose();
    this.drops += 1;
  }
}

describe('a subscription', () => {
  let platform: TestPlatform;
  let servers: string[];
  let business: GraphQLClient;
  let people: Reachable[];

  beforeAll(async () => {
    // Where a connection is cut while the server writes to it, graphql-ws says so on the console, each time.
    jest.spyOn(console, 'error').mockImplementation(() => undefined);
    platform = await startPlatform({ PAIR_BURST: '10000', SUBSCRIPTION_CONNECTIONS: '10000' });
    servers = [platform.url, await platform.anotherServer()];
    business = platform.business((await aBusiness(platform)).apiKey);
    people = await reachablePeople(platform, business, PEOPLE);
  });
  afterAll(async () => {
    await platform.stop();
    jest.restoreAllMocks();
  });

  it('promise: misses and repeats nothing, though its connection is cut 1,000 times', async () => {
    const [listener] = people as [Reachable];
    await send(business, listener.contact);
    const first = await until('there is something to go on from', async () => {
      const { inbox } = await listener.person.api.do('{ inbox(first: 1) { nodes { cursor } } }');
      return inbox.nodes[0]?.cursor as string | undefined;
    });
    const begun = await firstStep(business, listener);

    const paths = (audience: string) => servers.map((url) => `${url}/${audience}/graphql`);
    const followers = [
      new Follower(paths('person'), 'inboxMessages', listener.person.token, first),
      new Follower(paths('business'), 'messageStatusChanged', business.token ?? '', begun.cursor),
    ] as const;
    const done = new AbortController();
    const sending = (async () => {
      while (!done.signal.aborted) {
        const all = people.map(({ contact }) => aMessage(contact));
        await sendAll(business, all.slice(0, 1 + Math.floor(Math.random() * all.length)));
        await wait(Math.random() * 40);
      }
    })();
    await Promise.all(
      followers.map(async (follower) => {
        while (follower.drops < DROPS) await follower.followOnce();
      }),
    );
    done.abort();
    await sending;

    await until('nothing is on its way any more', async () => {
      const waiting = await platform.database.sql('SELECT FROM conversation_queue LIMIT 1');
      return waiting.length === 0;
    });
    await platform.eventsShow();
    const seenByPerson = await inboxOf(listener, first);
    const told = await stepsOf(business, begun);
    await until('everything has arrived', async () => {
      await Promise.all(followers.map((follower) => follower.followOnce(500)));
      return followers[0].steps.length >= seenByPerson.length && followers[1].steps.length >= told.length;
    });
    expect(followers[0].steps.map(({ id }) => id)).toEqual(seenByPerson);
    expect(seenByPerson.length).toBeGreaterThan(100);

    expect(followers[1].steps.map(({ id, status }) => ({ id, status }))).toEqual(told);
  }, 300_000);
});

/** Ids of a person's messages behind a cursor, oldest first. */
async function inboxOf({ person }: Reachable, behind: string): Promise<string[]> {
  const ids: string[] = [];
  for (let after: string | null = null; ;) {
    const { inbox }: { inbox: any } = await person.api.do(
      `query ($after: String) { inbox(first: 100, after: $after) {
        nodes { id cursor } pageInfo { hasNextPage endCursor } } }`,
      { after },
    );
    for (const { id, cursor } of inbox.nodes) {
      if (cursor === behind) return ids.reverse();
      ids.push(id);
    }
    if (!inbox.pageInfo.hasNextPage) throw new Error('The inbox does not have what it began behind');
    after = inbox.pageInfo.endCursor;
  }
}

/** The first step that a business hears of when it begins to follow. */
async function firstStep(business: GraphQLClient, { contact }: Reachable): Promise<Step> {
  const following = business.subscribe(FOLLOW.messageStatusChanged, { after: null });
  let first: Step | undefined;
  const hearing = following.next().then(({ value }) => (first = value?.['next'] as Step));
  await until('it hears of a step', async () => {
    await send(business, contact);
    return first;
  });
  await following.return();
  return hearing;
}

/** Steps of a business's messages behind one, as its events have them. */
async function stepsOf(
  business: GraphQLClient,
  behind: Step,
): Promise<{ id: string; status: string | undefined }[]> {
  const events = await eventsOf(business, { types: ['message.status'] });
  const steps = events.map(({ payload }) => {
    const { data } = JSON.parse(payload) as { data: { message: string; status: string } };
    return { id: data.message, status: data.status };
  });
  return steps.slice(1 + steps.findIndex(({ id, status }) => id === behind.id && status === behind.status));
}
