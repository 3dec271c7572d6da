import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { aBusiness } from '../support/builders/accounts.js';
import { aDevice, aGatewaySecret, dueNow, handOffs, reached } from '../support/builders/carriers.js';
import { type Reachable, reachablePeople, send } from '../support/builders/messaging.js';
import { aReceiver, type Receiver } from '../support/builders/webhooks.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { plantFault } from '../support/plant-fault.js';
import { startPlatform, type TestPlatform, until } from '../support/platform.js';

const PEOPLE = 20;
const ROUNDS = 5;

interface Racer extends Reachable {
  device: string;
}

describe('promise: stop means stop, while messages are handed to carriers', () => {
  let gateway: Receiver;
  let platform: TestPlatform;
  let business: GraphQLClient;
  let racers: Racer[];
  let heal: () => void = () => undefined;
  let longestAnswerMs = 120;
  /** Requests that are with the gateway and not answered, by device. */
  const open = new Map<string, number>();
  /** When the last one of a device began. */
  const began = new Map<string, number>();

  beforeAll(async () => {
    gateway = await aReceiver();
    platform = await startPlatform({
      PUSH_GATEWAY_URL: gateway.url,
      PUSH_GATEWAY_SECRETS: aGatewaySecret(),
      PAIR_BURST: '1000',
    });
    business = platform.business((await aBusiness(platform)).apiKey);
    racers = await Promise.all(
      (await reachablePeople(platform, business, PEOPLE)).map(async (reachable) => ({
        ...reachable,
        device: await aDevice(reachable.person.api),
      })),
    );
  }, 240_000);
  beforeEach(() => {
    longestAnswerMs = 120;
    gateway.answer = ({ body }, response) => {
      const [device] = (JSON.parse(body) as { devices: [string] }).devices;
      open.set(device, (open.get(device) ?? 0) + 1);
      began.set(device, performance.now());
      response.once('close', () => response.writableEnded || open.set(device, 0));
      setTimeout(() => {
        open.set(device, (open.get(device) ?? 1) - 1);
        response.writeHead(Math.random() < 0.1 ? 500 : 204).end();
      }, Math.random() * longestAnswerMs);
    };
  });
  afterEach(async () => {
    heal();
    heal = () => undefined;
    await platform.database.sql('DELETE FROM hand_off');
  });
  afterAll(async () => {
    await platform.stop();
    await gateway[Symbol.asyncDispose]();
  });

  /** Everybody is written to and stops while it is handed over. @returns how many hand-offs were seen after their stop */
  async function race(): Promise<{ late: number; before: number }> {
    const stoppedAt = new Map<string, number>();
    let late = 0;
    began.clear();
    await Promise.all(
      racers.map(async ({ person, contact, device }, at) => {
        await send(business, contact);
        // Half of the stops meet their message on its way to the carrier, the others before.
        if (at % 2 === 0) await until('it is handed over', async () => began.has(device), 90_000);
        else await new Promise((resolve) => setTimeout(resolve, Math.random() * 100));
        await person.api.do('mutation { stop(input: {}) { __typename } }');
        stoppedAt.set(device, performance.now());
        if ((open.get(device) ?? 0) > 0) late += 1;
      }),
    );
    await dueNow(platform);
    await until('nothing is on its way any more', async () =>
      (await handOffs(platform)).every(({ state }) => state === 'SUPPRESSED'),
    );
    const before = racers.filter(({ device }) => began.has(device)).length;
    late += racers.filter(({ device }) => (began.get(device) ?? 0) > (stoppedAt.get(device) ?? 0)).length;
    await Promise.all(
      racers.map(({ person }) => person.api.do('mutation { allow(input: {}) { __typename } }')),
    );
    return { late, before };
  }

  it('nothing is with a carrier, or comes to it, once a stop has been answered', async () => {
    let handedOver = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const { late, before } = await race();
      expect(late).toBe(0);
      handedOver += before;
    }
    // The race was one: some were handed over before their stop, and some were not.
    expect(handedOver).toBeGreaterThanOrEqual((PEOPLE / 2) * ROUNDS);
    expect(handedOver).toBeLessThan(PEOPLE * ROUNDS);
  }, 240_000);

  it('would notice if the stop did not wait for what is on its way', async () => {
    heal = plantFault((sql) =>
      sql.replace("state = 'HANDING' AND handing_until > (SELECT assent_now())", 'false'),
    );
    longestAnswerMs = 1_500; // longer than a stop takes on a busy machine
    let seen = 0;
    for (let round = 0; seen === 0 && round < ROUNDS; round++) seen = (await race()).late;
    expect(seen).toBeGreaterThan(0);
  }, 240_000);

  it.each([
    ['a stop', 'mutation { stop(input: {}) { __typename } }'],
    ['an erasure', 'mutation { eraseMe(input: { confirm: "ERASE" }) { __typename } }'],
  ])(
    '%s waits no longer than two seconds for a carrier that never answers, and takes it back',
    async (_, end) => {
      const { person, contact } = racers.pop()!;
      let closed = 0;
      gateway.received.length = 0;
      gateway.answer = (_, __, request) => request.socket.once('close', () => (closed = performance.now()));
      await send(business, contact);
      await reached(gateway, 1);
      const from = performance.now();
      await person.api.do(end);
      const to = performance.now();
      expect(to - from).toBeLessThan(3_500);
      expect(closed).toBeGreaterThan(0);
      expect(closed).toBeLessThan(to);
      await dueNow(platform);
      await until('it ended', async () =>
        (await handOffs(platform)).every(({ state }) => state === 'SUPPRESSED'),
      );
      expect(gateway.received).toHaveLength(1);
    },
  );

  it('hands over nothing again that a dead worker left in the middle, once a stop covers it', async () => {
    const [, { person, contact }] = racers as [Racer, Racer];
    gateway.answer = (_, response) => void response.writeHead(500).end();
    gateway.received.length = 0;
    await send(business, contact);
    await until('it was tried', async () => {
      const [row] = await handOffs(platform);
      return row?.attempts === 1 && row.state === 'WAITING';
    });
    await platform.database.sql(
      `UPDATE hand_off SET state = 'HANDING', handing_until = now() - interval '1 second', due_at = now() + interval '1 day'`,
    );
    await person.api.do('mutation { stop(input: {}) { __typename } }');
    expect((await handOffs(platform))[0].state).toBe('HANDING');
    await platform.database.sql('UPDATE hand_off SET due_at = now()');
    await until('it ended', async () => (await handOffs(platform)).length === 0);
    expect(gateway.received).toHaveLength(1);
    await person.api.do('mutation { allow(input: {}) { __typename } }');
  });
});
