import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aBusiness } from '../support/builders/accounts.js';
import {
  aMessage,
  reachablePeople,
  type Reachable,
  sendAll,
  type SendResult,
} from '../support/builders/messaging.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { until } from '../support/until.js';
import { build } from './build.js';
import type { Child } from './child.js';
import { freePort } from './free-port.js';
import { PlatformFolder, signal, urlOf } from './platform-folder.js';
import { remotePlatform } from './remote-platform.js';

const PEOPLE = 40;
const EACH = 50;
const SENDERS = 4;
/** For so long a conversation stays with the worker that claimed it, should that one be dead. */
const LEASE_MS = 30_000;

/** The results of a batch, asked for with the same keys until there are any. */
async function insist(business: GraphQLClient, batch: Record<string, unknown>[]): Promise<SendResult[]> {
  for (;;) {
    try {
      return await sendAll(business, batch);
    } catch {
      // Nobody knows what became of it.
      await wait(50);
    }
  }
}

describe('a busy platform', () => {
  const folder = new PlatformFolder();
  let settings: Record<string, string>;
  let platform: Child;
  let business: GraphQLClient;
  let people: Reachable[];

  beforeAll(() => build(), 180_000);
  beforeAll(async () => {
    // Clients know one address, so it must stay the same over restarts.
    settings = { PORT: String(await freePort()), PAIR_BURST: '1000', TEMPLATE_SAMPLE: '1000000' };
    platform = folder.start(settings);
    const remote = remotePlatform(await urlOf(platform), folder);
    const { apiKey } = await aBusiness(remote);
    business = remote.business(apiKey);
    people = await reachablePeople(remote, business, PEOPLE);
  });
  afterAll(() => folder.remove());

  it('promise: nothing lost, nothing twice, though platform and database are killed while it sends', async () => {
    const batches = Array.from({ length: EACH }, (_, at) =>
      people.map(({ contact }, who) => aMessage(contact, { text: `Number ${at} to person ${who}` })),
    );
    const results: SendResult[][] = [];
    const todo = batches.entries();
    const sending = Promise.all(
      Array.from({ length: SENDERS }, async () => {
        for (const [at, batch] of todo) results[at] = await insist(business, batch);
      }),
    );

    for (const share of [0.2, 0.6]) {
      const answered = () => Object.keys(results).length;
      await until('some are sent', async () => answered() >= share * batches.length, 60_000);
      if (share > 0.5) signal(folder.serverPid, 'SIGKILL');
      signal(platform.pid, 'SIGKILL');
      await platform.exit();
      expect(answered()).toBeLessThan(batches.length);
      platform = folder.start(settings);
      await urlOf(platform);
    }
    await sending;

    const accepted = results.flat();
    expect(accepted.filter(({ __typename }) => __typename !== 'AcceptedMessage')).toEqual([]);
    const ids = new Set(accepted.map(({ id }) => id));
    expect(ids.size).toBe(PEOPLE * EACH);

    for (const [who, { person }] of people.entries()) {
      const inbox = await until(
        'all are in the inbox',
        async () => {
          const texts = await textsOf(person.api);
          return texts.length >= EACH && texts;
        },
        LEASE_MS + 15_000,
      );
      expect(inbox.sort()).toEqual(batches.map((_, at) => `Number ${at} to person ${who}`).sort());
    }

    // What was unknown was sent again with its keys; and so may be whatever is known.
    const again = await sendAll(business, batches.flat().slice(0, 1_000));
    expect(again.every(({ replayed }) => replayed)).toBe(true);
    expect(again.map(({ id }) => id)).toEqual(accepted.slice(0, 1_000).map(({ id }) => id));
    expect(await textsOf(people[0]!.person.api)).toHaveLength(EACH);
  }, 120_000);

  it('ends subscriptions when it stops, rather than wait for them', async () => {
    const { person, contact } = people[0]!;
    const seen = new Set<string>();
    const follow = async (client: GraphQLClient, field: string) => {
      for await (const _ of client.subscribe(`subscription { ${field} { cursor } }`)) seen.add(field);
    };
    const closed = Promise.allSettled([
      follow(business, 'messageStatusChanged'),
      follow(person.api, 'inboxMessages'),
    ]);
    await until('both subscriptions bring something', async () => {
      await sendAll(business, [aMessage(contact)]);
      return seen.size === 2;
    });

    const since = performance.now();
    platform.signal('SIGTERM');
    expect(await platform.exit()).toBe(0);
    expect(performance.now() - since).toBeLessThan(5_000);
    for (const { reason } of (await closed) as PromiseRejectedResult[])
      expect(reason).toMatchObject({ code: 1001 });
  });
});

async function textsOf(api: GraphQLClient): Promise<string[]> {
  const { inbox } = await api.do('{ inbox(first: 100) { nodes { text } pageInfo { hasNextPage } } }');
  expect(inbox.pageInfo.hasNextPage).toBe(false);
  return inbox.nodes.map(({ text }: { text: string }) => text);
}
