import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { aBusiness } from '../support/builders/accounts.js';
import { aDevice, aGatewaySecret, dueNow, handOffs, reached } from '../support/builders/carriers.js';
import { reachablePeople, send } from '../support/builders/messaging.js';
import { anSmsGateway, type Receiver } from '../support/builders/webhooks.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { plantFault, withoutWaiting } from '../support/plant-fault.js';
import { startPlatform, type TestPlatform, until } from '../support/platform.js';
import { HandOffRace, type Racer, type Stays } from './hand-off-race.js';

const PEOPLE = 20;
const ROUNDS = 5;

describe('promise: stop means stop, while messages are handed to carriers', () => {
  let gateway: Receiver;
  let platform: TestPlatform;
  let business: GraphQLClient;
  let racers: Racer[];
  let heal: () => void = () => undefined;
  let longestAnswerMs = 120;
  /** Requests to the gateway, by device. */
  const stays: Stays = new Map();

  beforeAll(async () => {
    gateway = await anSmsGateway();
    platform = await startPlatform({
      PUSH_GATEWAY_URL: gateway.url,
      PUSH_GATEWAY_SECRETS: aGatewaySecret(),
      PAIR_BURST: '1000',
    });
    business = platform.business((await aBusiness(platform)).apiKey);
    racers = await Promise.all(
      (await reachablePeople(platform, business, PEOPLE)).map(async (reachable) => ({
        ...reachable,
        address: await aDevice(reachable.person.api),
      })),
    );
  }, 240_000);
  beforeEach(() => {
    longestAnswerMs = 120;
    gateway.answer = ({ body }, response) => {
      const [device] = (JSON.parse(body) as { devices: [string] }).devices;
      const stay = { from: performance.now(), to: Infinity };
      stays.set(device, [...(stays.get(device) ?? []), stay]);
      response.once('close', () => (stay.to = Math.min(stay.to, performance.now())));
      setTimeout(() => {
        stay.to = Math.min(stay.to, performance.now());
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

  const race = () => {
    stays.clear();
    return new HandOffRace(platform, business, racers, () => stays).run();
  };

  it('nothing is with a carrier, or comes to it, once a stop has been answered', async () => {
    let handedOver = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const { late, handedOver: came } = await race();
      expect(late).toBe(0);
      handedOver += came;
    }
    // The race was one: some were handed over before their stop, and some were not.
    expect(handedOver).toBeGreaterThanOrEqual((PEOPLE / 2) * ROUNDS);
    expect(handedOver).toBeLessThan(PEOPLE * ROUNDS);
  }, 240_000);

  it('would notice if the stop did not wait for what is on its way', async () => {
    heal = plantFault(withoutWaiting);
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
