import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { aBusiness } from '../support/builders/accounts.js';
import {
  aMessage,
  reachablePeople,
  type Reachable,
  send,
  sendAll,
  wasAccepted,
} from '../support/builders/messaging.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { plantFault, withoutLocks } from '../support/plant-fault.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';

const TIER = 72;
const PLACES_LEFT = 8;
const SENDERS = 64;

describe('promise: limits are exact', () => {
  let platform: TestPlatform;
  let servers: string[];
  let heal: () => void = () => undefined;

  beforeAll(async () => {
    platform = await startPlatform({ REACH_TIERS: `10,${TIER},10000,100000` }, { worker: false });
    servers = [platform.url];
    while (servers.length < 4) servers.push(await platform.anotherServer());
  });
  afterEach(() => {
    heal();
    heal = () => undefined;
  });
  afterAll(() => platform.stop());

  /** A business with eight places left of its tier, and 64 people whom it has not messaged yet. */
  async function almostUsedUp(): Promise<{ clients: GraphQLClient[]; people: Reachable[] }> {
    const { apiKey } = await aBusiness(platform);
    const clients = servers.map((url) => platform.business(apiKey, url));
    const everyone = await reachablePeople(platform, platform.business(apiKey), TIER - PLACES_LEFT + SENDERS);
    const messaged = everyone.splice(0, TIER - PLACES_LEFT);
    const results = await sendAll(
      platform.business(apiKey),
      messaged.map(({ contact }) => aMessage(contact)),
    );
    expect(results.every(wasAccepted)).toBe(true);
    return { clients, people: everyone };
  }

  /** All 64 at once, spread over four servers, each request by itself. @returns how many were accepted */
  async function race({ clients, people }: Awaited<ReturnType<typeof almostUsedUp>>): Promise<number> {
    const results = await Promise.all(
      people.map(({ contact }, at) => send(clients[at % clients.length] as GraphQLClient, contact)),
    );
    const refused = results.filter((result) => !wasAccepted(result));
    expect(new Set(refused.map(({ reason }) => reason))).toEqual(
      new Set(refused.length > 0 ? ['REACH_TIER'] : []),
    );
    return results.length - refused.length;
  }

  it('accepts exactly 8 of 64 concurrent sends for the last 8 places of a reach tier', async () => {
    expect(await race(await almostUsedUp())).toBe(PLACES_LEFT);
  });

  it('would notice if the locks were left out', async () => {
    let accepted = PLACES_LEFT;
    // A race can by chance end well; hardly ever ten.
    for (let round = 0; accepted <= PLACES_LEFT && round < 10; round++) {
      const world = await almostUsedUp();
      heal = plantFault(withoutLocks);
      accepted = await race(world);
      heal();
    }
    expect(accepted).toBeGreaterThan(PLACES_LEFT);
  });

  it('names the time at which the same message passes, and not one millisecond before', async () => {
    const { clients, people } = await almostUsedUp();
    expect(await race({ clients, people })).toBe(PLACES_LEFT);
    const [business] = clients as [GraphQLClient];
    const { contact } = people.at(-1) as Reachable;
    let refused = await send(business, contact);
    if (wasAccepted(refused)) throw new Error('The tier was not used up');
    const retryAt = new Date(refused.retryAt as string).getTime();
    const freeze = (at: number) =>
      platform.database
        .sql(`CREATE OR REPLACE FUNCTION assent_now() RETURNS timestamptz LANGUAGE sql VOLATILE PARALLEL SAFE
        AS $$ SELECT timestamptz '${new Date(at).toISOString()}' $$`);
    await freeze(retryAt - 1);
    refused = await send(business, contact);
    expect(refused).toMatchObject({ reason: 'REACH_TIER', retryAt: new Date(retryAt).toISOString() });
    await freeze(retryAt);
    expect(wasAccepted(await send(business, contact))).toBe(true);
    await platform.shiftClock(0);
  });
});
