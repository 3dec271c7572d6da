import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DispatchMessages } from '@assent/messaging';
import { clockAt } from '../consent/policy-clock.js';
import { aBusiness } from '../support/builders/accounts.js';
import {
  aMessage,
  matchAll,
  reachablePeople,
  type Reachable,
  type SendResult,
  send,
  sendAll,
} from '../support/builders/messaging.js';
import { setPreferences } from '../support/builders/preferences.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';

const NOON = new Date('2026-11-25T11:00:00.000Z');
const PER_SECOND = 2;
const LONGEST_WAIT = 3;

describe('throughput', () => {
  let platform: TestPlatform;
  let business: GraphQLClient;
  let people: Reachable[];

  beforeAll(async () => {
    const perSecond = Array.from({ length: 5 }, () => PER_SECOND).join(',');
    platform = await startPlatform(
      { THROUGHPUT_PER_SECOND: perSecond, THROUGHPUT_LONGEST_WAIT_SECONDS: String(LONGEST_WAIT) },
      { worker: false },
    );
    await clockAt(platform, NOON);
    people = await reachablePeople(platform, platform.business((await aBusiness(platform)).apiKey), 3);
  });
  beforeEach(async () => {
    await clockAt(platform, NOON);
    business = platform.business((await aBusiness(platform)).apiKey);
    people = await matchAll(
      business,
      people.map(({ person }) => person),
    );
  });
  afterAll(() => platform.stop());

  const iso = (milliseconds: number) => new Date(NOON.getTime() + milliseconds).toISOString();
  const at = (milliseconds: number) => clockAt(platform, new Date(NOON.getTime() + milliseconds));
  /** So many messages at once, to one person after another. */
  const sendSome = (count: number, changes: Record<string, unknown> = {}): Promise<SendResult[]> =>
    sendAll(
      business,
      Array.from({ length: count }, (_, nr) => aMessage(people[nr % people.length]!.contact, changes)),
    );
  /** How many messages of this business its people see, once a worker did all there is to do. */
  async function seen(): Promise<number> {
    const worker = platform.app.get(DispatchMessages, { strict: false });
    while (await worker.execute());
    const { messages } = await business.do('{ messages(first: 100) { nodes { status } } }');
    return messages.nodes.filter(({ status }: { status: string }) => status === 'DISPATCHED').length;
  }

  it('lets a burst go at once, and gives each further message the exact time of its slot', async () => {
    const results = await sendSome(6);
    expect(results.map(({ deferredUntil }) => deferredUntil)).toEqual([
      null,
      null,
      iso(500),
      iso(1_000),
      iso(1_500),
      iso(2_000),
    ]);
    expect(results.at(-1)).toMatchObject({ deferredBecause: 'THROUGHPUT' });
    expect(await seen()).toBe(2);
    for (const [slot, nr] of [500, 1_000, 1_500, 2_000].entries()) {
      await at(nr - 1);
      expect(await seen()).toBe(2 + slot);
      await at(nr);
      expect(await seen()).toBe(3 + slot);
    }
  });

  it('tells what waits for its slot, queued or put aside', async () => {
    const results = await sendSome(6);
    const message = async ({ id }: SendResult) =>
      (
        await business.do('query ($id: ID!) { message(id: $id) { status deferredUntil deferredBecause } }', {
          id,
        })
      ).message;
    const waits = { status: 'ACCEPTED', deferredUntil: iso(2_000), deferredBecause: 'THROUGHPUT' };
    expect(await message(results[5]!)).toEqual(waits);
    await seen();
    expect(await message(results[5]!)).toEqual(waits);
    await at(2_000);
    await seen();
    expect(await message(results[5]!)).toEqual({
      status: 'DISPATCHED',
      deferredUntil: null,
      deferredBecause: null,
    });
  });

  it('refuses what is to be refused, and at retryAt the same request passes', async () => {
    await sendSome(3);
    const [{ contact }] = people as [Reachable];
    const refused = await send(business, contact, { whenLimited: 'REFUSE' });
    expect(refused).toMatchObject({ reason: 'THROUGHPUT', retryAt: iso(1_000) });
    await at(999);
    expect(await send(business, contact, { whenLimited: 'REFUSE' })).toMatchObject(refused);
    await at(1_000);
    expect(await send(business, contact, { whenLimited: 'REFUSE' })).toMatchObject({ deferredUntil: null });
  });

  it('refuses what would wait too long, until it is near enough to wait for', async () => {
    const results = await sendSome(PER_SECOND + PER_SECOND * LONGEST_WAIT + 1);
    expect(results.at(-2)).toMatchObject({ deferredUntil: iso(3_000) });
    expect(results.at(-1)).toMatchObject({ reason: 'THROUGHPUT', retryAt: iso(500) });
    await at(499);
    expect((await sendSome(1))[0]).toMatchObject({ reason: 'THROUGHPUT', retryAt: iso(500) });
    await at(500);
    expect((await sendSome(1))[0]).toMatchObject({ deferredUntil: iso(3_500) });
  });

  it('keeps a slot when the person changes what they want', async () => {
    await sendSome(6);
    expect(await seen()).toBe(2);
    for (const { person } of people) await setPreferences(person.api, { marketingCap: 1 });
    expect(await seen()).toBe(2);
    await at(2_000);
    expect(await seen()).toBe(6);
  });

  it('ends what waits for its slot with a stop', async () => {
    const results = await sendSome(6);
    for (const { person } of people) {
      await person.api.do('mutation { stop(input: {}) { __typename } }');
    }
    await at(2_000);
    expect(await seen()).toBe(0);
    const { message } = await business.do('query ($id: ID!) { message(id: $id) { status reason } }', {
      id: results[5]!.id,
    });
    expect(message).toEqual({ status: 'SUPPRESSED', reason: 'CONSENT_STOPPED' });
  });
});
